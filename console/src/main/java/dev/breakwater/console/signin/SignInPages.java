package dev.breakwater.console.signin;

import dev.breakwater.console.asset.Assets;
import dev.breakwater.console.page.Frame;
import dev.breakwater.console.page.Notice;
import dev.breakwater.console.page.Paths;
import dev.breakwater.console.page.Redirect;
import dev.breakwater.console.page.Templates;
import dev.breakwater.console.page.Visits;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.FormBody;
import dev.breakwater.tenancy.BrowserSessions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /sign-in} and {@code /sign-out}. Guessing passwords is slowed down where they are verified. */
public final class SignInPages {

    private static final String PATH = "/sign-in";
    /** Binds the form to the browser that asked for it, before there is a session. */
    private static final String COOKIE = "breakwater_form";

    private static final Pattern KEPT = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final int KEPT_BYTES = 32;

    private final BrowserSessions sessions;
    private final Templates templates;
    private final Assets assets;
    private final SecureRandom random = new SecureRandom();

    /** Signs in by these sessions. */
    public SignInPages(BrowserSessions sessions, Templates templates, Assets assets) {
        this.sessions = sessions;
        this.templates = templates;
        this.assets = assets;
    }

    /**
     * The form.
     *
     * @param frame around it
     * @param next where it leads afterwards
     * @param username as it was typed
     * @param problem why it did not work
     */
    public record Form(
            Frame frame,
            String next,
            String username,
            @Nullable String problem) {}

    /** {@code GET /sign-in}; whoever is signed in already goes on. */
    public Answer show(Call call) {
        String next = Paths.own(call.query("next").orElse("/"));
        if (sessions.find(call).isPresent()) {
            return Redirect.to(next);
        }
        return form(call, 200, next, "", null);
    }

    /** {@code POST /sign-in}. */
    public Answer signIn(Call call) {
        String next = Paths.own(FormBody.field(call, "next").orElse("/"));
        String username = FormBody.field(call, "username").orElse("").strip();
        try {
            Visits.requireOwnForm(
                    call, sessions, kept(call).map(sessions::formToken).orElseThrow(SignInPages::expired));
            sessions.begin(call, username, FormBody.field(call, "password").orElse(""));
        } catch (Failure.Unauthenticated wrong) {
            return form(
                    call,
                    401,
                    next,
                    username,
                    "The username or the password is wrong. Check both; capital letters count in the password.");
        } catch (Failure.TooManyRequests many) {
            long seconds = Math.max(1, many.retryAfter().plusNanos(999_999_999).toSeconds());
            return form(
                            call,
                            429,
                            next,
                            username,
                            "Too many failed sign-ins. Wait %d %s, then try again."
                                    .formatted(seconds, seconds == 1 ? "second" : "seconds"))
                    .with("Retry-After", Long.toString(seconds));
        } catch (Failure.Forbidden foreign) {
            return form(call, 403, next, username, "This form was no longer valid. It is renewed: try once more.");
        }
        return Redirect.to(next);
    }

    private static Failure.Forbidden expired() {
        return new Failure.Forbidden("The form has no cookie.");
    }

    private Answer form(Call call, int status, String next, String username, @Nullable String problem) {
        String token = sessions.formToken(kept(call).orElseGet(() -> keep(call)));
        Frame frame = Frame.open(call, "Sign in", token, assets);
        return templates.answer(status, "signin/sign-in.jte", new Form(frame, next, username, problem));
    }

    private static Optional<String> kept(Call call) {
        return call.cookie(COOKIE).filter(value -> KEPT.matcher(value).matches());
    }

    private String keep(Call call) {
        byte[] bytes = new byte[KEPT_BYTES];
        random.nextBytes(bytes);
        String value = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        call.answerCookie(COOKIE + "=" + value + "; Path=" + PATH + "; HttpOnly; SameSite=Strict"
                + (call.secure() ? "; Secure" : ""));
        return value;
    }

    /** {@code POST /sign-out}. */
    public Answer signOut(Call call) {
        sessions.end(call);
        return Redirect.to(Paths.with(PATH, "notice", Notice.SIGNED_OUT.code()));
    }

    /** {@code POST /sign-out/everywhere}. */
    public Answer signOutEverywhere(Call call) {
        sessions.endAll(call);
        return Redirect.to(Paths.with(PATH, "notice", Notice.SIGNED_OUT_EVERYWHERE.code()));
    }
}
