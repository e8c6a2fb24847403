package dev.breakwater.kernel.http;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.identity.Principal;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A {@link Call} that arrived through Helidon. */
final class Exchange implements Call {

    private static final Logger log = LoggerFactory.getLogger(Exchange.class);
    private static final long BODY_NANOS = 30_000_000_000L;
    private static final int FIRST_READ = 8_192;

    private final ServerRequest request;
    private final String requestId;
    private final int maxBody;
    private final Map<String, String> answerHeaders = new LinkedHashMap<>();
    private final List<String> answerCookies = new ArrayList<>(1);
    private Map<String, String> pathParameters = Map.of();
    private Principal principal = Principal.ANONYMOUS;
    private final BodyBudget budget;
    private byte @Nullable [] body;
    private BodyBudget.@Nullable Share share;
    private @Nullable InputStream arriving;
    private long bodyStart;
    private boolean broken;

    Exchange(ServerRequest request, String requestId, int maxBody, BodyBudget budget) {
        this.budget = budget;
        this.request = request;
        this.requestId = requestId;
        this.maxBody = maxBody;
    }

    void matched(Map<String, String> parameters) {
        pathParameters = parameters;
    }

    @Override
    public String method() {
        return request.prologue().method().text();
    }

    @Override
    public String path() {
        return request.prologue().uriPath().rawPath();
    }

    @Override
    public String rawQuery() {
        return request.query().rawValue();
    }

    @Override
    public String pathParameter(String name) {
        @Nullable String value = pathParameters.get(name);
        if (value == null) {
            throw new IllegalArgumentException("The route of " + path() + " has no segment {" + name + "}");
        }
        return value;
    }

    @Override
    public Optional<String> query(String name) {
        return queryAll(name).stream().findFirst();
    }

    @Override
    public List<String> queryAll(String name) {
        return HttpPath.parameters(request.query().rawValue(), name);
    }

    @Override
    public Optional<String> header(String name) {
        return request.headers().first(HeaderNames.create(name));
    }

    @Override
    public List<String> headers(String name) {
        return request.headers().values(HeaderNames.create(name));
    }

    @Override
    public Optional<String> cookie(String name) {
        for (String header : headers("Cookie")) {
            for (String pair : header.split(";", -1)) {
                String cookie = pair.strip();
                if (cookie.startsWith(name) && cookie.startsWith("=", name.length())) {
                    return Optional.of(cookie.substring(name.length() + 1));
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public String authority() {
        return request.authority();
    }

    @Override
    public String host() {
        String authority = request.authority().toLowerCase(Locale.ROOT);
        if (authority.startsWith("[")) {
            int end = authority.indexOf(']');
            return end < 0 ? authority : authority.substring(1, end);
        }
        int colon = authority.indexOf(':');
        return colon < 0 ? authority : authority.substring(0, colon);
    }

    @Override
    public boolean secure() {
        return request.isSecure()
                || header("X-Forwarded-Proto").filter("https"::equalsIgnoreCase).isPresent();
    }

    @Override
    public String clientAddress() {
        return request.remotePeer().address() instanceof InetSocketAddress peer && !peer.isUnresolved()
                ? peer.getAddress().getHostAddress()
                : request.remotePeer().host();
    }

    @Override
    public String requestId() {
        return requestId;
    }

    @Override
    public Principal principal() {
        return principal;
    }

    @Override
    public void admit(Principal caller) {
        principal = caller;
    }

    @Override
    public OptionalLong announcedLength() {
        return request.headers().contentLength();
    }

    @Override
    public InputStream stream() {
        if (arriving == null) {
            arriving = request.content().hasEntity()
                    ? new ChunkedStream(request.content().inputStream())
                    : InputStream.nullInputStream();
        }
        return arriving;
    }

    @Override
    public void answerCookie(String cookie) {
        answerCookies.add(cookie);
    }

    List<String> answerCookies() {
        return answerCookies;
    }

    @Override
    public void answerHeader(String name, String value) {
        answerHeaders.put(name, value);
    }

    @Override
    public Map<String, String> answerHeaders() {
        return answerHeaders;
    }

    /**
     * Refuses a body whose announced length is too large, before anything of it is read. A streamed one may be of any
     * length.
     */
    void checkAnnouncedLength(boolean streamed) {
        OptionalLong announced = request.headers().contentLength();
        if (!streamed && announced.isPresent() && announced.getAsLong() > maxBody) {
            throw tooLarge();
        }
    }

    @Override
    public byte[] body() {
        if (body == null) {
            body = request.content().hasEntity() ? read(stream()) : new byte[0];
        }
        return body;
    }

    /**
     * Whether nobody can tell where the body ends or begins: what should be the length of a chunk is none, or the caller
     * asked whether to send the body and was not told to, which does not mean that it won't.
     */
    boolean isBroken() {
        return broken
                || (request.headers().contains(HeaderNames.EXPECT)
                        && request.content().hasEntity()
                        && !request.content().consumed());
    }

    /**
     * Takes in what is left of a body that nobody wants, within the time that a body has. A connection that is closed
     * with bytes unread is reset, and a caller who writes all before it reads would never see what it was told.
     */
    void skipRest() {
        if (isBroken()) {
            return;
        }
        byte[] unwanted = new byte[FIRST_READ];
        try {
            InputStream in = stream();
            int read = 0;
            while (read >= 0 && !isLate()) {
                read = in.read(unwanted);
            }
        } catch (IOException | RuntimeException gone) {
            log.trace("The caller of {} has gone before its body was sent", requestId, gone);
        }
    }

    /** The request is answered: its body is no longer needed. */
    void done() {
        if (share != null) {
            share.giveBack();
            share = null;
        }
    }

    /** Whether the time of the body is over, wanted or not; it begins with the first question. */
    private boolean isLate() {
        long now = System.nanoTime();
        if (bodyStart == 0) {
            bodyStart = now;
        }
        return now - bodyStart > BODY_NANOS;
    }

    /** With the length announced, the one array that is made is the body. */
    private byte[] read(InputStream in) {
        OptionalLong announced = request.headers().contentLength();
        share = budget.take((int) Math.min(maxBody, announced.orElse(maxBody)));
        byte[] all = new byte[(int) Math.min(maxBody, announced.orElse(FIRST_READ))];
        int length = 0;
        try {
            while (true) {
                int read = in.read(all, length, all.length - length);
                if (read < 0) {
                    break;
                }
                length += read;
                if (isLate()) {
                    throw new Failure.TooSlow("The request body did not arrive within 30 seconds.");
                }
                if (length == all.length) {
                    int next = in.read();
                    if (next < 0) {
                        break;
                    }
                    if (length == maxBody) {
                        throw tooLarge();
                    }
                    all = Arrays.copyOf(all, Math.min(maxBody, 2 * length + FIRST_READ));
                    all[length++] = (byte) next;
                }
            }
            return length == all.length ? all : Arrays.copyOf(all, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Failure.TooLarge tooLarge() {
        return new Failure.TooLarge(
                null, "The request body exceeds the maximum size of %d KB.".formatted(maxBody / 1024));
    }

    /** Helidon 4.4 knows no chunk extensions, and takes them and other nonsense for a fault of its own. */
    private final class ChunkedStream extends FilterInputStream {

        ChunkedStream(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                return super.read();
            } catch (NumberFormatException e) {
                throw malformed();
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            try {
                return super.read(bytes, offset, length);
            } catch (NumberFormatException e) {
                throw malformed();
            }
        }

        private Failure malformed() {
            broken = true;
            return new Failure.Invalid(
                    "The length of a chunk of the body is malformed: it is hexadecimal, without extensions.");
        }
    }
}
