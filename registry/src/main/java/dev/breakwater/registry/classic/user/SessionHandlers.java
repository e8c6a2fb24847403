package dev.breakwater.registry.classic.user;

import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.FormBody;
import dev.breakwater.registry.classic.dialect.PrettyJson;
import dev.breakwater.registry.classic.dialect.Refusal;
import dev.breakwater.registry.classic.gate.ClassicSessions;
import dev.breakwater.tenancy.SignIns;
import dev.breakwater.tenancy.UserProfile;
import dev.breakwater.tenancy.Users;
import java.util.Optional;

/** {@code /login}, {@code /log_out} and {@code /userExists} (registry.md 1.12). */
public final class SessionHandlers {

    private final ClassicSessions sessions;
    private final SignIns signIns;
    private final Users users;

    /** Answers with what these know. */
    public SessionHandlers(ClassicSessions sessions, SignIns signIns, Users users) {
        this.sessions = sessions;
        this.signIns = signIns;
        this.users = users;
    }

    /** {@code POST /login}. */
    public Answer signIn(Call call) {
        UserProfile user = signIns.authenticate(
                        FormBody.field(call, "principal").orElse(""),
                        FormBody.field(call, "password").orElse(""),
                        call.clientAddress())
                .orElseThrow(Refusal::wrongCredentials);
        return sessions.signIn(call, user);
    }

    /** {@code GET /log_out}. */
    public Answer signOut(Call call) {
        return sessions.signOut(call);
    }

    /** {@code POST /userExists}: for the form of those who register. */
    public Answer exists(Call call) {
        String value = FormBody.field(call, "value")
                .filter(text -> text.indexOf('\0') < 0)
                .orElse("");
        Optional<UserProfile> user = switch (FormBody.field(call, "target").orElse("")) {
            case "username" -> users.findByName(value);
            case "email" -> users.findByEmail(value);
            default -> Optional.empty();
        };
        return PrettyJson.answer(user.isPresent());
    }
}
