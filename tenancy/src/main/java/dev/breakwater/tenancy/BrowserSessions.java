package dev.breakwater.tenancy;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import java.util.Optional;

/**
 * The sessions by which browsers stay signed in, for those who serve pages: the same sessions as those of the admin
 * API, but only the cookie counts. A page refuses a change unless it {@link #isSameOrigin comes from this host} and
 * carries the session's form token.
 */
public interface BrowserSessions {

    /**
     * Somebody who is signed in.
     *
     * @param user as the user is now
     * @param defaultPassword whether the password is still the one that every fresh installation has
     * @param formToken what a form of this session carries; whoever knows it knows the session, and nobody else
     */
    record SignedIn(UserProfile user, boolean defaultPassword, String formToken) {
        @Override
        public String toString() {
            return "SignedIn[" + user.username() + "]";
        }
    }

    /** Who is signed in by the cookie of this call; empty when nobody is, or the session has ended. */
    Optional<SignedIn> find(Call call);

    /** Whether the session of this call still lives; to ask is no use of it, so it may be asked time and again. */
    boolean lives(Call call);

    /**
     * Signs in and gives the browser its cookie.
     *
     * @param login the username or the email address
     * @throws Failure.Unauthenticated for an unknown or disabled user and for a wrong password alike
     * @throws Failure.TooManyRequests after too many failures
     */
    void begin(Call call, String login, String password);

    /** Ends the session of this call, if there is one, and takes the cookie back. */
    void end(Call call);

    /** Ends every session of the caller, on every device, and takes the cookie back. */
    void endAll(Call call);

    /**
     * Changes the caller's own password. All other sessions of the caller end.
     *
     * @throws Failure.Invalid naming {@code current_password} when that is wrong, or {@code password} when the new one
     *     is too short, too long, or the one that every fresh installation has
     */
    void changePassword(Call call, UserProfile user, String current, String next);

    /** Whether the browser says that the request comes from a page of this very host. */
    boolean isSameOrigin(Call call);

    /** A form token for somebody who is not signed in, bound to a value that only that browser keeps. */
    String formToken(String kept);
}
