package dev.breakwater.registry.current.upstream;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.json.Json;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.current.dialect.Body;
import dev.breakwater.registry.current.dialect.Lists;
import dev.breakwater.registry.current.dialect.Numbers;
import dev.breakwater.registry.current.dialect.Page;
import dev.breakwater.registry.current.dialect.Shape;
import dev.breakwater.registry.current.gate.Checks;
import dev.breakwater.registry.current.gate.Routes;
import dev.breakwater.registry.listing.ListQuery;
import dev.breakwater.registry.upstream.Endpoint;
import dev.breakwater.registry.upstream.RegistryType;
import dev.breakwater.registry.upstream.Upstream;
import dev.breakwater.registry.upstream.UpstreamDraft;
import dev.breakwater.registry.upstream.Upstreams;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code /registries} and {@code /replication/adapters}: the registries elsewhere (registry.md 3.4). */
public final class UpstreamHandlers {

    private static final String PATH = "/api/v2.0/registries";
    private static final String ONE = PATH + "/{id}";
    private static final int LONGEST_DESCRIPTION = 4_096;
    private static final String DOCKER_HUB = "https://hub.docker.com";

    private final Upstreams upstreams;

    /** Answers with what these know. */
    public UpstreamHandlers(Upstreams upstreams) {
        this.upstreams = upstreams;
    }

    /** Its routes. */
    public void addTo(Routes routes) {
        routes.add("GET", "/api/v2.0/replication/adapters", this::types)
                .add("GET", "/api/v2.0/replication/adapterinfos", this::typeInfos)
                .add("GET", PATH, this::list)
                .add("POST", PATH, this::create)
                .add("POST", PATH + "/ping", this::ping)
                .add("GET", ONE, this::read)
                .add("PUT", ONE, this::update)
                .add("DELETE", ONE, this::delete)
                .add("GET", ONE + "/info", this::info);
    }

    /** {@code GET /replication/adapters}: the names of the kinds of registries. */
    public Answer types(Call call, Rights rights) {
        Checks.system(rights, Resource.REPLICATION_ADAPTER, Action.LIST);
        return Shape.answer(Json.mapper()
                .valueToTree(Arrays.stream(RegistryType.values())
                        .map(RegistryType::label)
                        .sorted()
                        .toList()));
    }

    /** {@code GET /replication/adapterinfos}: how each kind is addressed. */
    public Answer typeInfos(Call call, Rights rights) {
        Checks.system(rights, Resource.REPLICATION_ADAPTER, Action.LIST);
        Shape infos = new Shape();
        for (RegistryType type : RegistryType.values()) {
            boolean hub = type == RegistryType.DOCKER_HUB;
            List<JsonNode> endpoints = hub
                    ? List.of(new Shape()
                            .text("key", "hub.docker.com")
                            .text("value", DOCKER_HUB)
                            .build())
                    : List.of();
            infos.node(
                    type.label(),
                    new Shape()
                            .node(
                                    "credential_pattern",
                                    new Shape()
                                            .text("access_key_type", "AccessKeyTypeStandard")
                                            .text("access_secret_type", "AccessSecretTypeStandard")
                                            .build())
                            .node(
                                    "endpoint_pattern",
                                    new Shape()
                                            .text(
                                                    "endpoint_type",
                                                    hub ? "EndpointPatternTypeFix" : "EndpointPatternTypeStandard")
                                            .list("endpoints", endpoints)
                                            .build())
                            .build());
        }
        return infos.answer();
    }

    /** {@code GET}. */
    public Answer list(Call call, Rights rights) {
        Checks.system(rights, Resource.REGISTRY, Action.LIST);
        Page page = Page.of(call);
        ListQuery query = Lists.query(call);
        boolean exact =
                query.match("name").filter(ListQuery.Exact.class::isInstance).isPresent();
        @Nullable
        String name = query.text("name")
                .or(() -> call.query("name").filter(text -> !text.isEmpty()))
                .orElse(null);
        String sort = Lists.sort(call);
        boolean descending = sort.startsWith("-");
        List<Upstream> found = upstreams.list(
                name, exact, descending ? sort.substring(1) : sort, descending, page.offset(), page.size());
        return page.answer(call, Shape.each(found, UpstreamHandlers::shape), upstreams.count(name, exact));
    }

    /** {@code POST}. */
    public Answer create(Call call, Rights rights) {
        Checks.system(rights, Resource.REGISTRY, Action.CREATE);
        Body body = Body.of(call);
        Body credential = body.object("credential").orElse(null);
        long id = upstreams.create(
                call,
                new UpstreamDraft(
                        body.text("name").orElse(""),
                        type(body.text("type").orElse("")),
                        body.text("url").orElse(""),
                        body.text("description", LONGEST_DESCRIPTION),
                        credential == null ? null : login(credential, null),
                        body.truth("insecure").orElse(false),
                        certificate(body, null)));
        return Shape.created(PATH + "/" + id);
    }

    /** {@code POST /registries/ping}: whether one could be called, be it one that is kept, with some changes. */
    public Answer ping(Call call, Rights rights) {
        Checks.system(rights, Resource.REGISTRY, Action.READ);
        Body body = Body.of(call);
        Optional<Long> id = body.number("id").filter(number -> number != 0);
        if (id.isEmpty()) {
            upstreams.ping(new UpstreamDraft(
                    "",
                    type(body.text("type").orElse("")),
                    body.text("url").orElse(""),
                    "",
                    login(body, null),
                    body.truth("insecure").orElse(false),
                    certificate(body, null)));
        } else {
            Upstream kept = find(id.get());
            upstreams.ping(kept, changed(kept, body), keepsLogin(body));
        }
        return Shape.done();
    }

    /** {@code GET} of one. */
    public Answer read(Call call, Rights rights) {
        Checks.system(rights, Resource.REGISTRY, Action.READ);
        return Shape.answer(shape(find(Numbers.path(call, "id"))));
    }

    private Upstream find(long id) {
        return upstreams.find(id).orElseThrow(() -> Upstreams.absent(id));
    }

    /** {@code PUT} of one; what is not sent stays. */
    public Answer update(Call call, Rights rights) {
        Checks.system(rights, Resource.REGISTRY, Action.UPDATE);
        Upstream kept = find(Numbers.path(call, "id"));
        Body body = Body.of(call);
        upstreams.change(call, kept.id(), changed(kept, body), keepsLogin(body));
        return Shape.done();
    }

    /** {@code DELETE} of one. */
    public Answer delete(Call call, Rights rights) {
        Checks.system(rights, Resource.REGISTRY, Action.DELETE);
        upstreams.delete(call, Numbers.path(call, "id"));
        return Shape.done();
    }

    /** {@code GET …/info}: what can be done with one. */
    public Answer info(Call call, Rights rights) {
        Checks.system(rights, Resource.REGISTRY, Action.READ);
        Upstream upstream = find(Numbers.path(call, "id"));
        return new Shape()
                .text("type", upstream.type().label())
                .text("description", upstream.description())
                .list(
                        "supported_resource_filters",
                        List.of(
                                filter("name", "input", List.of()),
                                filter("tag", "input", List.of()),
                                filter("resource", "radio", List.of("image", "artifact"))))
                .node("supported_triggers", Json.mapper().valueToTree(List.of("manual", "scheduled", "event_based")))
                .truth("supported_copy_by_chunk", false)
                .answer();
    }

    private static JsonNode filter(String type, String style, List<String> values) {
        return new Shape()
                .text("style", style)
                .text("type", type)
                .node("values", Json.mapper().valueToTree(values))
                .build();
    }

    private static RegistryType type(String text) {
        return RegistryType.named(text)
                .orElseThrow(() -> new Failure.Invalid("the registry type %s is not supported".formatted(text)));
    }

    private static UpstreamDraft changed(Upstream kept, Body body) {
        return new UpstreamDraft(
                body.text("name").orElse(kept.name()),
                body.text("type").map(UpstreamHandlers::type).orElse(kept.type()),
                body.text("url").orElse(kept.url()),
                body.text("description").orElse(kept.description()),
                keepsLogin(body) ? null : login(body, kept.username()),
                body.truth("insecure").orElse(kept.insecure()),
                certificate(body, kept.certificate()));
    }

    private static boolean keepsLogin(Body body) {
        return body.text("access_secret").isEmpty();
    }

    private static Endpoint.@Nullable Login login(Body body, @Nullable String username) {
        String key = body.text("access_key").orElse(username == null ? "" : username);
        String secret = body.text("access_secret").orElse("");
        return key.isEmpty() && secret.isEmpty() ? null : new Endpoint.Login(key, secret);
    }

    private static @Nullable String certificate(Body body, @Nullable String usual) {
        return body.text("ca_certificate")
                .map(text -> text.isBlank() ? null : text)
                .orElse(usual);
    }

    /** The secret is never shown. */
    private static JsonNode shape(Upstream upstream) {
        Shape shape = new Shape()
                .text("ca_certificate", upstream.certificate())
                .time("creation_time", upstream.createdAt())
                .text("description", upstream.description())
                .number("id", upstream.id())
                .truth("insecure", upstream.insecure())
                .text("name", upstream.name())
                .text("status", upstream.healthy() ? "healthy" : "unhealthy")
                .text("type", upstream.type().label())
                .time("update_time", upstream.updatedAt())
                .text("url", upstream.url());
        @Nullable String username = upstream.username();
        if (username != null) {
            shape.node(
                    "credential",
                    new Shape()
                            .text("access_key", username)
                            .text("type", "basic")
                            .build());
        }
        return shape.build();
    }
}
