package dev.breakwater.registry.current.quota;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
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
import dev.breakwater.registry.quota.Quota;
import dev.breakwater.registry.quota.QuotaStore;
import dev.breakwater.registry.quota.Quotas;
import dev.breakwater.tenancy.Audit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code /quotas} (registry.md 3.4). All are of projects. */
public final class QuotaHandlers {

    private static final String PATH = "/api/v2.0/quotas";
    private static final String ONE = PATH + "/{id}";
    private static final String PROJECT = "project";

    private final Database database;
    private final Quotas quotas;
    private final Audit audit;
    private final UUID organization;

    /** Answers with what these know. */
    public QuotaHandlers(Database database, Quotas quotas, Audit audit, UUID organization) {
        this.database = database;
        this.quotas = quotas;
        this.audit = audit;
        this.organization = organization;
    }

    /** Its routes. */
    public void addTo(Routes routes) {
        routes.add("GET", PATH, this::list).add("GET", ONE, this::read).add("PUT", ONE, this::update);
    }

    /** {@code GET}. */
    public Answer list(Call call, Rights rights) {
        Checks.system(rights, Resource.QUOTA, Action.LIST);
        Page page = Page.of(call);
        Optional<String> reference = call.query("reference").filter(text -> !text.isEmpty());
        if (reference.isPresent() && !reference.get().equals(PROJECT)) {
            return page.answer(call, List.of(), 0);
        }
        OptionalLong id = Numbers.query(call, "reference_id");
        @Nullable Long project = id.isPresent() ? id.getAsLong() : null;
        String sort = Lists.sort(call);
        boolean descending = sort.startsWith("-");
        String key = descending ? sort.substring(1) : sort;
        List<Quota> found =
                database.query(handle -> QuotaStore.list(handle, project, key, descending, page.offset(), page.size()));
        long total = database.query(handle -> QuotaStore.count(handle, project));
        return page.answer(call, Shape.each(found, QuotaHandlers::shape), total);
    }

    /** {@code GET} of one. */
    public Answer read(Call call, Rights rights) {
        Checks.system(rights, Resource.QUOTA, Action.READ);
        return Shape.answer(shape(find(Numbers.path(call, "id"))));
    }

    private Quota find(long id) {
        return database.query(handle -> QuotaStore.find(handle, id)).orElseThrow(() -> absent(id));
    }

    private static Failure.NotFound absent(long id) {
        return new Failure.NotFound("quota %d not found".formatted(id));
    }

    /** {@code PUT} of one: its limit. */
    public Answer update(Call call, Rights rights) {
        Checks.system(rights, Resource.QUOTA, Action.UPDATE);
        long id = Numbers.path(call, "id");
        long limit = Body.of(call)
                .object("hard")
                .flatMap(hard -> hard.number("storage"))
                .orElseThrow(() -> new Failure.Invalid("hard required in body"));
        database.transact(handle -> {
            if (QuotaStore.find(handle, id).isEmpty()) {
                throw absent(id);
            }
            quotas.set(handle, id, limit);
            audit.record(handle, call, organization, "registry.quota.updated", Long.toString(id));
            return id;
        });
        return Shape.done();
    }

    private static JsonNode shape(Quota quota) {
        return new Shape()
                .time("creation_time", quota.createdAt())
                .node("hard", storage(quota.storage()))
                .number("id", quota.projectId())
                .node(
                        "ref",
                        new Shape()
                                .number("id", quota.projectId())
                                .text("name", quota.projectName())
                                .text("owner_name", quota.ownerName())
                                .build())
                .time("update_time", quota.updatedAt())
                .node("used", storage(quota.used()))
                .build();
    }

    private static JsonNode storage(long bytes) {
        return new Shape().number("storage", bytes).build();
    }
}
