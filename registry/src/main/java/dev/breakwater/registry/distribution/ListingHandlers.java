package dev.breakwater.registry.distribution;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.json.Json;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Caller;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.content.ErrorCode;
import dev.breakwater.registry.manifest.MediaTypes;
import dev.breakwater.registry.manifest.PullSql;
import dev.breakwater.registry.manifest.TagStore;
import dev.breakwater.registry.repository.Place;
import dev.breakwater.registry.repository.PlaceStore;
import dev.breakwater.registry.repository.RepositoryStore;
import dev.breakwater.registry.token.Grants;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists of tags, referrers and repositories (registry.md 2.2). */
final class ListingHandlers {

    private static final int LARGEST_PAGE = 1_000;

    private final Database database;
    private final Entrance entrance;

    ListingHandlers(Database database, Entrance entrance) {
        this.database = database;
        this.entrance = entrance;
    }

    /** {@code GET /v2/}: whether somebody is known here. */
    Answer check(Call call) {
        entrance.identify(call, "");
        return Answer.json(200, "{}".getBytes(StandardCharsets.UTF_8));
    }

    /** {@code GET /v2/_oci/ext/discover}: there are no extensions. */
    static Answer extensions(Call call) {
        return Answer.json(200, "{\"extensions\":[]}".getBytes(StandardCharsets.UTF_8));
    }

    /** {@code GET …/tags/list} in byte order. */
    Answer tags(Call call) {
        Visit visit = entrance.open(call, Need.PULL);
        @Nullable Integer size = pageSize(call);
        @Nullable String last = text(call, "last").orElse(null);
        List<String> tags = database.query(handle -> {
            PlaceStore.Found found = visit.find(handle);
            // One whose last tag has just been deleted is still known, and its list is empty.
            Place place = found.place()
                    .orElseThrow(() ->
                            new Failure.NotFound(ErrorCode.NAME_UNKNOWN, "repository name not known to registry"));
            return TagStore.names(handle, place.repositoryId(), last, size == null ? null : size + 1);
        });
        ObjectNode body =
                Json.mapper().createObjectNode().put("name", visit.name().toString());
        return page(body.putArray("tags"), tags, size, body, "/v2/" + visit.name() + "/tags/list");
    }

    /** {@code GET /v2/_catalog}: the repositories of the whole installation that hold something. */
    Answer catalog(Call call) {
        if (call.header("Authorization").isEmpty() || !mayList(call)) {
            throw Challenge.basic(call, "unauthorized to list catalog");
        }
        @Nullable Integer size = pageSize(call);
        @Nullable String last = text(call, "last").orElse(null);
        List<String> names =
                database.query(handle -> RepositoryStore.catalog(handle, last, size == null ? null : size + 1));
        ObjectNode body = Json.mapper().createObjectNode();
        return page(body.putArray("repositories"), names, size, body, "/v2/_catalog");
    }

    private boolean mayList(Call call) {
        Entrance.Visitor visitor = entrance.identify(call, "registry:catalog:*");
        @Nullable Grants grants = visitor.grants();
        @Nullable Caller caller = visitor.caller();
        return grants != null
                ? grants.allow("registry", "catalog", "*")
                : caller != null && new Rights(caller).allowsInSystem(Resource.CATALOG, Action.READ);
    }

    /** One name more than fits shows that there are more. */
    private static Answer page(
            ArrayNode array, List<String> names, @Nullable Integer size, ObjectNode body, String path) {
        boolean more = size != null && size > 0 && names.size() > size;
        List<String> page = size != null && names.size() > size ? names.subList(0, size) : names;
        page.forEach(array::add);
        Answer answer = Answer.json(200, Json.mapper().writeValueAsBytes(body));
        return more
                ? answer.with(
                        "Link",
                        "<%s?last=%s&n=%d>; rel=\"next\""
                                .formatted(path, URLEncoder.encode(page.getLast(), StandardCharsets.UTF_8), size))
                : answer;
    }

    /** What is asked for, unless it is empty. PostgreSQL holds no zero character, and nothing here has one. */
    private static Optional<String> text(Call call, String name) {
        Optional<String> text = call.query(name).filter(value -> !value.isEmpty());
        if (text.filter(value -> value.indexOf('\0') >= 0).isPresent()) {
            throw new Failure.Invalid("%s holds a zero character; nothing here has one.".formatted(name));
        }
        return text;
    }

    /** How many are wanted; null for all. */
    private static @Nullable Integer pageSize(Call call) {
        Optional<String> n = call.query("n");
        if (n.isEmpty()) {
            return null;
        }
        if (!n.get().matches("[0-9]{1,18}")) {
            throw Failure.Invalid.coded(ErrorCode.PAGINATION_NUMBER_INVALID, "n must be a whole number, not below 0.");
        }
        return (int) Math.min(LARGEST_PAGE, Long.parseLong(n.get()));
    }

    /** {@code GET …/referrers/<digest>}: also for what is not there, as long as the digest is well formed. */
    Answer referrers(Call call) {
        Visit visit = entrance.open(call, Need.PULL);
        Digest subject = UploadHandlers.digest(call.pathParameter("digest"));
        Optional<String> kind = text(call, "artifactType");
        long after = call.query("last")
                .filter(text -> text.matches("[0-9]{1,18}"))
                .map(Long::parseLong)
                .orElse(0L);
        PullSql.Referrers found = database.query(handle -> visit.find(handle)
                .place()
                .map(place -> find(handle, place, subject, kind.orElse(null), after))
                .orElse(new PullSql.Referrers(List.of(), false)));
        Answer answer = Answer.of(200, MediaTypes.OCI_INDEX, Json.mapper().writeValueAsBytes(index(found.page())));
        if (kind.isPresent()) {
            answer = answer.with("OCI-Filters-Applied", "artifactType");
        }
        return found.more()
                ? answer.with("Link", next(visit, subject, kind, found.page().getLast()))
                : answer;
    }

    private static PullSql.Referrers find(
            Handle handle, Place place, Digest subject, @Nullable String kind, long after) {
        return PullSql.referrers(handle, place.repositoryId(), subject, kind, after, LARGEST_PAGE);
    }

    private static String next(Visit visit, Digest subject, Optional<String> kind, PullSql.Referrer last) {
        String filter = kind.map(text -> "artifactType=" + URLEncoder.encode(text, StandardCharsets.UTF_8) + "&")
                .orElse("");
        return "</v2/%s/referrers/%s?%slast=%d>; rel=\"next\"".formatted(visit.name(), subject, filter, last.id());
    }

    private static ObjectNode index(List<PullSql.Referrer> referrers) {
        ObjectNode index =
                Json.mapper().createObjectNode().put("schemaVersion", 2).put("mediaType", MediaTypes.OCI_INDEX);
        ArrayNode manifests = index.putArray("manifests");
        for (PullSql.Referrer referrer : referrers) {
            ObjectNode descriptor = manifests
                    .addObject()
                    .put("mediaType", referrer.mediaType())
                    .put("digest", referrer.digest())
                    .put("size", referrer.size());
            if (referrer.kind() != null) {
                descriptor.put("artifactType", referrer.kind());
            }
            if (!referrer.annotations().equals("{}")) {
                descriptor.putRawValue("annotations", new tools.jackson.databind.util.RawValue(referrer.annotations()));
            }
        }
        return index;
    }
}
