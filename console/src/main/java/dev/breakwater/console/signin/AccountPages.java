package dev.breakwater.console.signin;

import dev.breakwater.console.page.Frame;
import dev.breakwater.console.page.Notice;
import dev.breakwater.console.page.Reader;
import dev.breakwater.console.page.Section;
import dev.breakwater.console.page.Templates;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.FormBody;
import dev.breakwater.tenancy.BrowserSessions;
import dev.breakwater.tenancy.UserProfile;
import org.jspecify.annotations.Nullable;

/** {@code /account}: the own password and the own sessions. */
public final class AccountPages {

    private final BrowserSessions sessions;
    private final Templates templates;

    /** Passwords and sessions are those of tenancy. */
    public AccountPages(BrowserSessions sessions, Templates templates) {
        this.sessions = sessions;
        this.templates = templates;
    }

    /**
     * The page.
     *
     * @param frame around it
     * @param user who is signed in
     * @param field that was wrong; null when none was
     * @param problem what was wrong with it
     */
    public record Model(
            Frame frame,
            UserProfile user,
            @Nullable String field,
            @Nullable String problem) {}

    /** {@code GET /account}. */
    public Answer show(Reader reader) {
        return page(reader, 200, null, null);
    }

    /** {@code POST /account/password}. */
    public Answer changePassword(Reader reader) {
        String next = FormBody.field(reader.call(), "password").orElse("");
        if (!next.equals(FormBody.field(reader.call(), "repeated_password").orElse(""))) {
            return page(reader, 400, "repeated_password", "The two new passwords differ. Type the same one twice.");
        }
        try {
            sessions.changePassword(
                    reader.call(),
                    user(reader),
                    FormBody.field(reader.call(), "current_password").orElse(""),
                    next);
        } catch (Failure.Invalid wrong) {
            return page(reader, 400, wrong.param(), wrong.explanation());
        }
        return reader.redirect("/account", Notice.PASSWORD_CHANGED);
    }

    private static UserProfile user(Reader reader) {
        return reader.signedIn().orElseThrow().user();
    }

    private Answer page(Reader reader, int status, @Nullable String field, @Nullable String problem) {
        return templates.answer(
                status,
                "signin/account.jte",
                new Model(reader.frame("Account", Section.ACCOUNT), user(reader), field, problem));
    }
}
