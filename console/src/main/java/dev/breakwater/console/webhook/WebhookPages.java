package dev.breakwater.console.webhook;

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
import dev.breakwater.events.DeliveryLog;
import dev.breakwater.events.WebhookRegister;
import dev.breakwater.events.WorkspaceRegister;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.PageRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /webhooks}: registering, changing, testing and removing them. A secret is shown once, when it is new. */
public final class WebhookPages {

    private static final int MOST_DELIVERIES = 10;
    private static final String ALL = "*";
    /** For how long an old secret signs beside the new one, by the name in the form. */
    private static final Map<String, Duration> GRACES = Map.of(
            "none", Duration.ZERO,
            "hour", Duration.ofHours(1),
            "day", Duration.ofDays(1),
            "week", Duration.ofDays(7));

    private final Templates templates;
    private final Workspaces workspaces;
    private final WebhookRegister webhooks;
    private final DeliveryLog deliveries;

    /** Shows and changes what these know. */
    public WebhookPages(Templates templates, Workspaces workspaces, WebhookRegister webhooks, DeliveryLog deliveries) {
        this.templates = templates;
        this.workspaces = workspaces;
        this.webhooks = webhooks;
        this.deliveries = deliveries;
    }

    /**
     * The list.
     *
     * @param frame around it
     * @param workspaces to choose from
     * @param webhooks of this page
     * @param mayEdit whether the visitor may register one
     */
    public record ListModel(
            Frame frame, Workspaces.Choice workspaces, Listed<WebhookRegister.Entry> webhooks, boolean mayEdit) {}

    /** {@code GET /webhooks}. */
    public Answer list(Visit visit) {
        visit.require(WebhookRegister.VIEW);
        Query query = Query.of(visit);
        Workspaces.Choice choice = workspaces.offer(visit, query.optional("workspace"));
        Listed<WebhookRegister.Entry> listed = Listed.of(
                query,
                choice,
                workspace ->
                        webhooks.list(visit.call().principal(), workspace.id(), query.page(WebhookRegister.PREFIX)));
        return templates.answer(
                listed.status(),
                "webhook/list.jte",
                new ListModel(
                        visit.frame("Webhooks", Section.WEBHOOKS), choice, listed, visit.may(WebhookRegister.EDIT)));
    }

    /**
     * The form of a webhook that is to be.
     *
     * @param frame around it
     * @param workspaces to choose from
     * @param url as it was typed
     * @param events as they were typed
     * @param problem what was wrong; null at first
     */
    public record NewModel(
            Frame frame,
            Workspaces.Choice workspaces,
            String url,
            String events,
            @Nullable Problem problem) {}

    /** {@code GET /webhooks/new}. */
    public Answer create(Visit visit) {
        visit.require(WebhookRegister.EDIT);
        return form(visit, 200, Query.of(visit).optional("workspace"), "", ALL, null);
    }

    /**
     * A secret that is shown once.
     *
     * @param frame around it
     * @param webhook it signs for
     * @param secret itself
     * @param rotated whether it takes the place of another
     */
    public record SecretModel(Frame frame, WebhookRegister.Entry webhook, String secret, boolean rotated) {}

    /** {@code POST /webhooks}. */
    public Answer register(Visit visit) {
        Form form = Form.of(visit);
        String workspace = workspaces.choose(visit, form.optional("workspace")).id();
        try {
            return secret(
                    visit, webhooks.create(visit.call(), workspace, form.text("url"), form.words("events")), false);
        } catch (Failure.Invalid wrong) {
            return form(visit, 400, Optional.of(workspace), form.text("url"), form.text("events"), Problem.of(wrong));
        }
    }

    private Answer form(
            Visit visit, int status, Optional<String> workspace, String url, String events, @Nullable Problem problem) {
        return templates.answer(
                status,
                "webhook/new.jte",
                new NewModel(
                        visit.frame("Register a webhook", Section.WEBHOOKS),
                        workspaces.choose(visit, workspace),
                        url,
                        events,
                        problem));
    }

    private Answer secret(Visit visit, WebhookRegister.Revealed revealed, boolean rotated) {
        return templates.answer(
                rotated ? 200 : 201,
                "webhook/secret.jte",
                new SecretModel(
                        visit.frame("Signing secret", Section.WEBHOOKS),
                        revealed.webhook(),
                        revealed.secret(),
                        rotated));
    }

    /**
     * One webhook.
     *
     * @param frame around it
     * @param workspace it belongs to
     * @param webhook itself
     * @param url as it was typed
     * @param events as they were typed
     * @param deliveries to it, newest first
     * @param mayEdit whether the visitor may change it
     * @param problem what was wrong; null at first
     */
    public record WebhookModel(
            Frame frame,
            WorkspaceRegister.Entry workspace,
            WebhookRegister.Entry webhook,
            String url,
            String events,
            List<DeliveryLog.Entry> deliveries,
            boolean mayEdit,
            @Nullable Problem problem) {}

    /** {@code GET /webhooks/{id}}. */
    public Answer show(Visit visit) {
        WebhookRegister.Entry webhook = found(visit);
        return page(visit, 200, webhook, webhook.url(), String.join("\n", webhook.events()), null);
    }

    private WebhookRegister.Entry found(Visit visit) {
        String id = visit.call().pathParameter("id");
        WebhookRegister.Entry webhook = webhooks.find(visit.call().principal(), id);
        workspaces.holding(visit, webhook.workspaceId(), id);
        return webhook;
    }

    private Answer page(
            Visit visit,
            int status,
            WebhookRegister.Entry webhook,
            String url,
            String events,
            @Nullable Problem problem) {
        List<DeliveryLog.Entry> latest = visit.may(DeliveryLog.VIEW)
                ? deliveries
                        .list(
                                visit.call().principal(),
                                webhook.workspaceId(),
                                new DeliveryLog.Filter(Optional.of(webhook.id()), Optional.empty(), Optional.empty()),
                                new PageRequest(DeliveryLog.PREFIX, MOST_DELIVERIES, null))
                        .items()
                : List.of();
        return templates.answer(
                status,
                "webhook/webhook.jte",
                new WebhookModel(
                        visit.frame("Webhook", Section.WEBHOOKS),
                        workspaces.holding(visit, webhook.workspaceId(), webhook.id()),
                        webhook,
                        url,
                        events,
                        latest,
                        visit.may(WebhookRegister.EDIT) && !webhook.temporary(),
                        problem));
    }

    /** {@code POST /webhooks/{id}}: another URL or other filters. */
    public Answer save(Visit visit) {
        WebhookRegister.Entry webhook = found(visit);
        Form form = Form.of(visit);
        try {
            webhooks.change(
                    visit.call(),
                    webhook.id(),
                    new WebhookRegister.Change(
                            Optional.of(form.text("url")), Optional.of(form.words("events")), Optional.empty()));
            return visit.redirect("/webhooks/" + webhook.id(), Notice.WEBHOOK_SAVED);
        } catch (Failure.Invalid wrong) {
            return page(visit, 400, webhook, form.text("url"), form.text("events"), Problem.of(wrong));
        }
    }

    /** {@code POST /webhooks/{id}/status}: active or disabled. */
    public Answer changeStatus(Visit visit) {
        WebhookRegister.Entry webhook = found(visit);
        boolean active = Form.of(visit).text("status").equals("active");
        webhooks.change(
                visit.call(),
                webhook.id(),
                new WebhookRegister.Change(Optional.empty(), Optional.empty(), Optional.of(active)));
        return visit.redirect("/webhooks/" + webhook.id(), active ? Notice.WEBHOOK_ENABLED : Notice.WEBHOOK_DISABLED);
    }

    /** {@code POST /webhooks/{id}/secret}: a new one, shown once. */
    public Answer rotate(Visit visit) {
        WebhookRegister.Entry webhook = found(visit);
        Duration grace = GRACES.getOrDefault(Form.of(visit).text("grace"), Duration.ofDays(1));
        return secret(visit, webhooks.rotate(visit.call(), webhook.id(), grace), true);
    }

    /** {@code POST /webhooks/{id}/test}. */
    public Answer test(Visit visit) {
        WebhookRegister.Entry webhook = found(visit);
        WebhookRegister.Sent sent = webhooks.test(visit.call(), webhook.id());
        return visit.redirect("/deliveries/" + sent.deliveryId(), Notice.TEST_SENT);
    }

    /** {@code POST /webhooks/{id}/delete}. */
    public Answer delete(Visit visit) {
        WebhookRegister.Entry webhook = found(visit);
        webhooks.delete(visit.call(), webhook.id());
        return visit.redirect("/webhooks?workspace=" + webhook.workspaceId(), Notice.WEBHOOK_DELETED);
    }
}
