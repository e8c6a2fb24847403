package dev.breakwater.console.settings;

import dev.breakwater.console.page.Form;
import dev.breakwater.console.page.Frame;
import dev.breakwater.console.page.Listed;
import dev.breakwater.console.page.Notice;
import dev.breakwater.console.page.Problem;
import dev.breakwater.console.page.Query;
import dev.breakwater.console.page.Section;
import dev.breakwater.console.page.Templates;
import dev.breakwater.console.page.Visit;
import dev.breakwater.console.page.Workspaces;
import dev.breakwater.events.WorkspaceRegister;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.tenancy.KeyRegister;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /settings/keys}: making API keys with chosen scopes, shown once, and revoking them (events.md 2, 14). */
public final class KeyPages {

    private final Templates templates;
    private final KeyRegister keys;
    private final Workspaces workspaces;
    private final TimeSource time;

    /** Shows and changes what these know. */
    public KeyPages(Templates templates, KeyRegister keys, Workspaces workspaces, TimeSource time) {
        this.templates = templates;
        this.keys = keys;
        this.workspaces = workspaces;
        this.time = time;
    }

    /**
     * The list.
     *
     * @param frame around it
     * @param keys of this page
     * @param now the time by which they work or not
     * @param mayEdit whether the visitor may make and revoke them
     */
    public record ListModel(Frame frame, Listed<KeyRegister.Entry> keys, Instant now, boolean mayEdit) {

        /** How a key stands. */
        public String status(KeyRegister.Entry key) {
            if (key.revokedAt().isPresent()) {
                return "revoked";
            }
            return key.worksAt(now) ? "active" : "expired";
        }
    }

    /** {@code GET /settings/keys}. */
    public Answer list(Visit visit) {
        visit.require(KeyRegister.VIEW);
        Query query = Query.of(visit);
        Listed<KeyRegister.Entry> listed = Listed.of(
                query,
                () -> keys.list(visit.call().principal(), visit.organization().id(), query.page(KeyRegister.PREFIX)));
        return templates.answer(
                listed.status(),
                "settings/keys.jte",
                new ListModel(
                        visit.frame("API keys", Section.KEYS), listed, time.instant(), visit.may(KeyRegister.EDIT)));
    }

    /**
     * The form.
     *
     * @param frame around it
     * @param presets to choose from
     * @param scopes to choose from
     * @param workspaces to narrow to
     * @param filled what was filled in
     * @param problem what was wrong; null at first
     */
    public record FormModel(
            Frame frame,
            List<KeyPreset> presets,
            List<KeyScope> scopes,
            List<WorkspaceRegister.Entry> workspaces,
            Filled filled,
            @Nullable Problem problem) {}

    /**
     * What was filled in.
     *
     * @param name for people
     * @param environment {@code sandbox} or {@code live}
     * @param preset by its code
     * @param scopes that are ticked
     * @param workspaces that are ticked
     * @param expiry days until it ends; empty for never
     */
    public record Filled(
            String name,
            String environment,
            String preset,
            List<String> scopes,
            List<String> workspaces,
            String expiry) {}

    /** {@code GET /settings/keys/new}. */
    public Answer create(Visit visit) {
        visit.require(KeyRegister.EDIT);
        KeyPreset first = KeyPreset.EMITTER;
        return form(visit, 200, new Filled("", "sandbox", first.code(), first.scopes(), List.of(), ""), null);
    }

    private Answer form(Visit visit, int status, Filled filled, @Nullable Problem problem) {
        return templates.answer(
                status,
                "settings/new-key.jte",
                new FormModel(
                        visit.frame("Create an API key", Section.KEYS),
                        List.of(KeyPreset.values()),
                        keys.scopes().stream().map(KeyScope::of).toList(),
                        workspaces.all(visit).stream()
                                .filter(WorkspaceRegister.Entry::active)
                                .toList(),
                        filled,
                        problem));
    }

    /**
     * A key that is shown once.
     *
     * @param frame around it
     * @param key itself
     * @param secret to copy
     * @param host where this server is reached, for commands to copy
     * @param workspace to try it in; empty when there is none
     */
    public record SecretModel(
            Frame frame, KeyRegister.Entry key, String secret, String host, Optional<String> workspace) {

        /** A command that shows whether the key works. */
        public Optional<String> command() {
            return workspace.map(id -> {
                boolean writes = key.unrestricted() || key.scopes().contains("events:write");
                return writes
                        ? """
                          curl -s %s/v1/events \\
                            -H 'Authorization: Bearer %s' \\
                            -H 'Content-Type: application/json' \\
                            -d '{"workspace_id":"%s","type":"order.shipped","payload":{"order_id":"ord_1"}}'""".formatted(host, secret, id)
                        : """
                          curl -s '%s/v1/%s?workspace_id=%s' \\
                            -H 'Authorization: Bearer %s'""".formatted(host, key.scopes().contains("events:read") ? "events" : "webhooks", id, secret);
            });
        }
    }

    /** {@code POST /settings/keys}. */
    public Answer issue(Visit visit) {
        Form form = Form.of(visit);
        Optional<KeyPreset> preset = KeyPreset.of(form.text("preset"));
        List<String> scopes =
                preset.filter(each -> !each.custom()).map(KeyPreset::scopes).orElseGet(() -> form.all("scope"));
        Filled filled = new Filled(
                form.text("name"),
                form.text("environment"),
                form.text("preset"),
                scopes,
                form.all("workspace"),
                form.text("expiry"));
        boolean unrestricted = preset.filter(KeyPreset::unrestricted).isPresent();
        try {
            KeyRegister.Revealed revealed = keys.create(
                    visit.call(),
                    visit.organization().id(),
                    new KeyRegister.Draft(
                            filled.name(),
                            filled.environment(),
                            unrestricted,
                            unrestricted ? List.of() : scopes,
                            filled.workspaces(),
                            expiry(filled.expiry())));
            return templates.answer(201, "settings/key-secret.jte", secret(visit, revealed));
        } catch (Failure.Invalid wrong) {
            return form(visit, 400, filled, Problem.of(wrong));
        }
    }

    private SecretModel secret(Visit visit, KeyRegister.Revealed revealed) {
        KeyRegister.Entry key = revealed.key();
        Optional<String> workspace = key.workspaces().stream()
                .findFirst()
                .or(() -> workspaces.all(visit).stream()
                        .filter(each -> each.active() && each.environment() == key.environment())
                        .map(WorkspaceRegister.Entry::id)
                        .findFirst());
        return new SecretModel(
                visit.frame("Your new API key", Section.KEYS), key, revealed.secret(), visit.host(), workspace);
    }

    private Optional<Instant> expiry(String days) {
        return Optional.of(days)
                .filter(text -> text.matches("[0-9]{1,4}"))
                .map(text -> time.instant().plus(Duration.ofDays(Integer.parseInt(text))));
    }

    /** {@code POST /settings/keys/{id}/revoke}. */
    public Answer revoke(Visit visit) {
        String id = visit.call().pathParameter("id");
        if (!keys.find(visit.call().principal(), id)
                .organization()
                .equals(visit.organization().id())) {
            throw new Failure.NotFound("No API key found with id %s.".formatted(id));
        }
        keys.revoke(visit.call(), id);
        return visit.redirect("/settings/keys", Notice.KEY_REVOKED);
    }
}
