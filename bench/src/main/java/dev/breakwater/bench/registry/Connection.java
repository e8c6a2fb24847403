package dev.breakwater.bench.registry;

import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One kept-alive connection on which requests follow one another. It costs little, because it shares the machine with
 * the server: answers are read into one buffer, and of their heads only what is needed is looked at. Plain HTTP only;
 * answers must announce their length or come in chunks. Used by one thread.
 */
final class Connection implements AutoCloseable {

    private static final int BUFFER = 256 * 1024;

    private final String host;
    private final String authorization;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int filled;

    /**
     * What was answered.
     *
     * @param status the HTTP status
     * @param length how many bytes the body had
     * @param location where the answer points to; empty for nowhere
     */
    record Answer(int status, long length, String location) {}

    /** A body that is made while it is sent. */
    @FunctionalInterface
    interface Body {
        /** Writes all of it. */
        void write(OutputStream out) throws IOException;
    }

    /** Connects; every request carries {@code authorization} unless that is empty. */
    Connection(URI server, String authorization) throws IOException {
        host = server.getRawAuthority();
        this.authorization = authorization.isEmpty() ? "" : "Authorization: " + authorization + "\r\n";
        socket = new Socket(server.getHost(), server.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(120_000);
        in = socket.getInputStream();
        out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
    }

    Answer get(String path, String accept) throws IOException {
        head("GET", path, accept.isEmpty() ? "" : "Accept: " + accept + "\r\n");
        out.flush();
        return answer();
    }

    Answer send(String method, String path, String contentType, byte[] body) throws IOException {
        return send(method, path, contentType, body.length, to -> to.write(body));
    }

    Answer send(String method, String path, String contentType, long length, Body body) throws IOException {
        head(
                method,
                path,
                "Content-Length: " + length + "\r\n"
                        + (contentType.isEmpty() ? "" : "Content-Type: " + contentType + "\r\n"));
        body.write(out);
        out.flush();
        return answer();
    }

    private void head(String method, String path, String more) throws IOException {
        String head = method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + authorization + more + "\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
    }

    private Answer answer() throws IOException {
        int status = Integer.parseInt(line().substring(9, 12));
        long length = 0;
        boolean chunked = false;
        String location = "";
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            String value = header.substring(colon + 1).strip();
            switch (header.substring(0, colon).toLowerCase(Locale.ROOT)) {
                case "content-length" -> length = Long.parseLong(value);
                case "transfer-encoding" -> chunked = true;
                case "location" -> location = value;
                default -> {}
            }
        }
        if (chunked) {
            length = skipChunks();
        } else if (status != 204) {
            skip(length);
        }
        return new Answer(status, length, location);
    }

    private long skipChunks() throws IOException {
        long all = 0;
        while (true) {
            long size = Long.parseLong(line(), 16);
            skip(size);
            line();
            if (size == 0) {
                return all;
            }
            all += size;
        }
    }

    private void skip(long bytes) throws IOException {
        long left = bytes - Math.min(bytes, filled - position);
        position += (int) (bytes - left);
        while (left > 0) {
            int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                throw new EOFException("The answer ended too early.");
            }
            left -= read;
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        while (true) {
            if (position == filled) {
                filled = in.read(buffer);
                position = 0;
                if (filled < 0) {
                    throw new EOFException("The server has closed the connection.");
                }
            }
            char c = (char) buffer[position++];
            if (c == '\n') {
                return line.toString();
            }
            if (c != '\r') {
                line.append(c);
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
