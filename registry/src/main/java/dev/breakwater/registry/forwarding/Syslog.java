package dev.breakwater.registry.forwarding;

import dev.breakwater.kernel.net.AddressGuard;
import dev.breakwater.kernel.net.GuardedResolver;
import dev.breakwater.kernel.net.SystemNames;
import dev.breakwater.registry.activity.LogEntry;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends lines to a syslog server over TCP (RFC 6587), at addresses that the guard permits. Each batch has a connection of its
 * own: the server closes it when it has read all, which is the only receipt that this protocol knows.
 */
final class Syslog implements AutoCloseable {

    /** For looking up the name, and for all the rest. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A server that reads all and does not close is believed after that. */
    private static final Duration RECEIPT = Duration.ofSeconds(1);

    private final SystemNames names = new SystemNames(PATIENCE);
    private final GuardedResolver resolver;

    Syslog(AddressGuard guard) {
        resolver = new GuardedResolver(names, guard);
    }

    /**
     * Sends entries and waits until the server has them.
     *
     * @throws IOException when it may not have all of them
     */
    void send(SyslogAddress server, List<LogEntry> entries) throws IOException {
        String sender = ownName();
        StringBuilder lines = new StringBuilder();
        entries.forEach(entry -> lines.append(SyslogMessage.of(entry, sender)).append('\n'));
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        InetAddress address = resolver.resolve(server.host())[0];
        try (Socket socket = new Socket()) {
            FutureTask<Boolean> delivery = new FutureTask<>(() -> {
                deliver(socket, new InetSocketAddress(address, server.port()), bytes);
                return true;
            });
            Thread.ofVirtual().name("syslog").start(delivery);
            // A write has no limit of its own; when the time is over the socket closes under it.
            delivery.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("no answer within " + PATIENCE.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    private static void deliver(Socket socket, InetSocketAddress address, byte[] bytes) throws IOException {
        socket.connect(address);
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        socket.shutdownOutput();
        socket.setSoTimeout((int) RECEIPT.toMillis());
        try {
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (SocketTimeoutException e) {
            // It has not refused them either.
        }
    }

    private static String ownName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "";
        }
    }

    @Override
    public void close() {
        names.close();
    }
}
