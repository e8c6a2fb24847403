package dev.breakwater.registry.upstream;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.jspecify.annotations.Nullable;

/** An answer whose head has come. No more of its body is read than is asked for. */
final class Reply implements AutoCloseable {

    /** How much of a body that nobody wants is read so that the connection can be used again. */
    private static final int SMALL = 64 * 1024;

    private final HttpUriRequestBase request;
    private final ClassicHttpResponse response;
    private boolean ended;

    Reply(HttpUriRequestBase request, ClassicHttpResponse response) {
        this.request = request;
        this.response = response;
    }

    int status() {
        return response.getCode();
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
    }

    List<String> headers(String name) {
        List<String> values = new ArrayList<>();
        for (Header header : response.getHeaders(name)) {
            values.add(header.getValue());
        }
        return values;
    }

    /** The announced length of the body; negative when unknown. */
    long length() {
        @Nullable HttpEntity entity = response.getEntity();
        return entity == null ? 0 : entity.getContentLength();
    }

    /** The whole body, which must not be longer than {@code most} bytes. */
    byte[] bytes(int most) throws IOException {
        InputStream in = stream();
        byte[] content = in.readNBytes(most);
        if (content.length == most && in.read() >= 0) {
            throw new UpstreamException(UpstreamException.Reason.BROKEN, "the answer of the registry is too long");
        }
        return content;
    }

    /** The body as it arrives. */
    InputStream stream() throws IOException {
        @Nullable HttpEntity entity = response.getEntity();
        if (entity == null) {
            ended = true;
            return InputStream.nullInputStream();
        }
        return new FilterInputStream(entity.getContent()) {
            @Override
            public int read() throws IOException {
                return noted(super.read());
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return noted(super.read(buffer, offset, length));
            }

            private int noted(int read) {
                ended |= read < 0;
                return read;
            }

            @Override
            public void close() {
                Reply.this.close();
            }
        };
    }

    @Override
    public void close() {
        try {
            if (!ended && length() <= SMALL) {
                stream().readNBytes(SMALL + 1);
            }
            if (!ended) {
                // Closing the response alone would read the rest, however long it is.
                request.cancel();
            }
            response.close();
        } catch (IOException e) {
            // What was wanted of it has been read, and the connection is closed.
            request.cancel();
        }
    }
}
