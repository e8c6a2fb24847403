package dev.breakwater.acceptance.registry;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A syslog server on loopback that keeps every line, and closes each connection when it has read all of it. */
final class SyslogServer implements AutoCloseable {

    private final ServerSocket listener;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private SyslogServer(ServerSocket listener) {
        this.listener = listener;
        Thread.ofVirtual().start(this::listen);
    }

    /** One that listens on a port, 0 for any. */
    static SyslogServer on(int port) {
        try {
            return new SyslogServer(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int port() {
        return listener.getLocalPort();
    }

    /** Where it is, as it is configured. */
    String address() {
        return "127.0.0.1:" + port();
    }

    /** The lines in the order of their arrival. */
    List<String> lines() {
        return lines;
    }

    /** The texts of the lines that name a resource, each from its action on. */
    List<String> about(String resource) {
        return lines.stream()
                .filter(line -> line.contains("resource:" + resource + ","))
                .map(line -> line.substring(line.indexOf("action:")))
                .toList();
    }

    private void listen() {
        while (!listener.isClosed()) {
            try (Socket connection = listener.accept();
                    BufferedReader reader = new BufferedReader(
                            new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8))) {
                reader.lines().forEach(lines::add);
            } catch (IOException e) {
                // It was closed, or the connection broke: what is missing is sent again.
            }
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
