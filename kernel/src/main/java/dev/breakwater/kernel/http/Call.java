package dev.breakwater.kernel.http;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.identity.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request on its way through a surface: what was asked, by whom, and the headers that its answer will carry
 * whatever becomes of it.
 */
public interface Call {

    /** The method, in upper case. */
    String method();

    /** The path as it was sent, without the query. */
    String path();

    /** The value of a {@code {name}} segment of the route, percent-decoded. */
    String pathParameter(String name);

    /** The first value of a query parameter. */
    Optional<String> query(String name);

    /** All values of a query parameter, in the order sent. */
    List<String> queryAll(String name);

    /** The first value of a request header. */
    Optional<String> header(String name);

    /** The host that the caller addressed, without its port, in lower case. */
    String host();

    /** Whether the request came over TLS. */
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

    /** Adds a header to the answer, be it a success or a failure. */
    void answerHeader(String name, String value);

    /** The headers added so far. */
    Map<String, String> answerHeaders();
}
