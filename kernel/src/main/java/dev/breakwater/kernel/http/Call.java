package dev.breakwater.kernel.http;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.identity.Principal;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One request on its way through a surface: what was asked, by whom, and the headers that its answer will carry
 * whatever becomes of it.
 */
public interface Call {

    /** The method, in upper case. */
    String method();

    /** The path as it was sent, without the query. */
    String path();

    /** The query as it was sent, without the question mark; empty when there is none. */
    String rawQuery();

    /** The value of a {@code {name}} segment of the route, percent-decoded. */
    String pathParameter(String name);

    /** The first value of a query parameter. */
    Optional<String> query(String name);

    /** All values of a query parameter, in the order sent. */
    List<String> queryAll(String name);

    /** The first value of a request header. */
    Optional<String> header(String name);

    /** All values of a request header, in the order sent; one that was sent as a list is not taken apart. */
    List<String> headers(String name);

    /** The value of a cookie, if the caller sent it. */
    Optional<String> cookie(String name);

    /** The host that the caller addressed, with its port where it named one. */
    String authority();

    /** The host that the caller addressed, without its port, in lower case. */
    String host();

    /** Whether the request came over TLS, to us or to a proxy in front of us ({@code X-Forwarded-Proto}). */
    boolean secure();

    /** The address of the peer, as text. */
    String clientAddress();

    /** The id of this request, {@code req_…}. */
    String requestId();

    /** Who is calling; {@link Principal#ANONYMOUS} until the gate knows better. */
    Principal principal();

    /** Sets who is calling. Only gates call it. */
    void admit(Principal principal);

    /**
     * The whole body, read at the first call and kept.
     *
     * @throws Failure.TooLarge when it exceeds the limit of the surface
     * @throws Failure.TooSlow when it does not arrive in time
     */
    byte[] body();

    /** The announced length of the body in bytes, none when it comes in chunks. */
    OptionalLong announcedLength();

    /**
     * The body as it arrives, for the routes that were added to be streamed: unbounded, so the reader counts. Reading
     * throws an {@link java.io.UncheckedIOException} or {@link java.io.IOException} when the caller hangs up.
     */
    InputStream stream();

    /** Adds a cookie to the answer, be it a success or a failure; the text is all of {@code Set-Cookie}. */
    void answerCookie(String cookie);

    /** Adds a header to the answer, be it a success or a failure. */
    void answerHeader(String name, String value);

    /** The headers added so far. */
    Map<String, String> answerHeaders();
}
