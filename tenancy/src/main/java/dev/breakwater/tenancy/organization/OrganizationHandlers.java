package dev.breakwater.tenancy.organization;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.JsonBody;
import dev.breakwater.kernel.http.PageRequest;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.json.Json;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.tenancy.Access;
import dev.breakwater.tenancy.Audit;
import dev.breakwater.tenancy.request.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** {@code /admin/v1/organizations}. */
public final class OrganizationHandlers {

    static final String VIEW = "core_organization_view";

    private static final String THING = "organization";
    /** The rule of all entity identifiers (delivery.md 1.3). */
    private static final Pattern IDENTIFIER = Pattern.compile("[a-zA-Z_][0-9a-zA-Z_$]{0,127}");

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final TimeSource time;
    private final Ids ids;

    /** Whoever may see an organization is decided by roles. */
    public OrganizationHandlers(Database database, Access access, Audit audit, TimeSource time, Ids ids) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.time = time;
        this.ids = ids;
    }

    private record View(String id, String identifier, String name, Instant createdAt) {

        static View of(Organization organization) {
            return new View(
                    Ids.text("org", organization.id()),
                    organization.identifier(),
                    organization.name(),
                    Fields.seconds(organization.createdAt()));
        }
    }

    /** The organizations that the caller may see. */
    public Answer list(Call call) {
        PageRequest page = PageRequest.of(call, "org");
        Optional<Set<UUID>> only = access.onlyIn(call.principal(), VIEW);
        List<Organization> rows =
                database.query(handle -> OrganizationStore.list(handle, only, page.after(), page.rows()));
        return page.answer(rows, Organization::id, View::of);
    }

    /** A new organization. */
    public Answer create(Call call) {
        access.require(call.principal(), "core_organization_create", null);
        JsonBody body = JsonBody.of(call);
        Organization organization = new Organization(ids.next(), identifier(body), Fields.name(body), time.instant());
        database.transact(handle -> {
            if (!OrganizationStore.insert(handle, organization)) {
                throw new Failure.Conflict(
                        "already_exists",
                        "There already is an organization with identifier %s.".formatted(organization.identifier()));
            }
            audit.record(handle, call, organization.id(), "organization.created", Ids.text("org", organization.id()));
            return true;
        });
        return Answer.json(201, View.of(organization));
    }

    private static String identifier(JsonBody body) {
        String identifier = body.string("identifier");
        if (!IDENTIFIER.matcher(identifier).matches()) {
            throw Json.invalidValue("identifier", "it must match ^[a-zA-Z_][0-9a-zA-Z_$]{0,127}$");
        }
        return identifier;
    }

    /** One organization. */
    public Answer get(Call call) {
        return Answer.json(200, View.of(require(call, VIEW)));
    }

    /** Changes the name. */
    public Answer update(Call call) {
        Organization organization = require(call, "core_organization_edit");
        String name = Fields.name(JsonBody.of(call));
        database.transact(handle -> {
            OrganizationStore.rename(handle, organization.id(), name);
            audit.record(handle, call, organization.id(), "organization.updated", Ids.text("org", organization.id()));
            return true;
        });
        return Answer.json(
                200,
                View.of(new Organization(
                        organization.id(), organization.identifier(), name, organization.createdAt())));
    }

    private Organization require(Call call, String permission) {
        UUID id = Fields.pathId(call, "org", THING);
        Organization organization = database.query(handle -> OrganizationStore.find(handle, id))
                .filter(found -> access.sees(call.principal(), found.id()))
                .orElseThrow(() -> Fields.notFound(call, THING));
        access.require(call.principal(), permission, organization.id());
        return organization;
    }
}
