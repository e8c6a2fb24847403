package dev.breakwater.registry.classic.replication;

import dev.breakwater.kernel.crypto.SecretKey;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.json.WireTime;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.classic.dialect.ClassicBody;
import dev.breakwater.registry.classic.dialect.Faults;
import dev.breakwater.registry.classic.dialect.PrettyJson;
import dev.breakwater.registry.classic.dialect.Refusal;
import dev.breakwater.registry.classic.dialect.ReplicationIds;
import dev.breakwater.registry.classic.dialect.Texts;
import dev.breakwater.registry.classic.gate.Checks;
import dev.breakwater.registry.replication.Policies;
import dev.breakwater.registry.replication.Policy;
import dev.breakwater.registry.replication.PolicyStore;
import dev.breakwater.registry.replication.Target;
import dev.breakwater.registry.replication.Targets;
import dev.breakwater.registry.upstream.Endpoint;
import dev.breakwater.registry.upstream.RegistryClient;
import dev.breakwater.registry.upstream.UpstreamException;
import dev.breakwater.tenancy.Audit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /api/targets} (registry.md 1.10). */
public final class TargetHandlers {

    private static final int LONGEST_NAME = 64;
    private static final int LONGEST_ENDPOINT = 64;
    private static final int LONGEST_USERNAME = 64;
    private static final int LONGEST_PASSWORD = 48;

    private final Database database;
    private final Targets targets;
    private final Policies policies;
    private final RegistryClient client;
    private final Audit audit;
    private final UUID organization;

    /** Answers with what these know. */
    public TargetHandlers(
            Database database,
            Targets targets,
            Policies policies,
            RegistryClient client,
            Audit audit,
            UUID organization) {
        this.database = database;
        this.targets = targets;
        this.policies = policies;
        this.client = client;
        this.audit = audit;
        this.organization = organization;
    }

    private record View(
            long id,
            String endpoint,
            String name,
            String username,
            String password,
            int type,
            String creationTime,
            String updateTime) {

        static View of(Target target) {
            return new View(
                    target.id(),
                    target.endpoint(),
                    target.name(),
                    target.username(),
                    "",
                    target.type(),
                    WireTime.text(target.createdAt()),
                    WireTime.text(target.updatedAt()));
        }
    }

    /** {@code GET} of all. */
    public Answer list(Call call, Rights rights) {
        Checks.requireAdministrator(rights);
        return PrettyJson.answer(targets.list(call.query("name").orElse("")).stream()
                .map(View::of)
                .toList());
    }

    /** {@code GET} of one. */
    public Answer read(Call call, Rights rights) {
        return PrettyJson.answer(View.of(target(call, rights)));
    }

    /** {@code POST}. */
    public Answer create(Call call, Rights rights) {
        Checks.requireAdministrator(rights);
        ClassicBody body = ClassicBody.of(call);
        Targets.Draft draft = new Targets.Draft(
                body.string("name"),
                body.string("endpoint"),
                body.string("username"),
                body.string("password"),
                body.number("type") == 0 ? Target.HARBOR : 1);
        Targets.Draft sound = requireSound(draft);
        SecretKey key = targets.key();
        long id = change(sound, handle -> {
            long number = targets.create(handle, key, sound);
            audit.record(handle, call, organization, "registry.target.created", Long.toString(number));
            return number;
        });
        return Texts.created("/api/targets/" + id);
    }

    /** {@code PUT} of one that no enabled policy uses. */
    public Answer update(Call call, Rights rights) {
        Target target = target(call, rights);
        if (uses(target).stream().anyMatch(Policy::enabled)) {
            throw Refusal.invalidPlain("the target is associated with policy which is enabled");
        }
        ClassicBody body = ClassicBody.of(call);
        Targets.Draft sound = requireSound(new Targets.Draft(
                body.optionalString("name").orElse(target.name()),
                body.optionalString("endpoint").orElse(target.endpoint()),
                body.optionalString("username").orElse(target.username()),
                body.optionalString("password").orElse(null),
                target.type()));
        SecretKey key = targets.key();
        change(sound, handle -> {
            targets.change(handle, key, target.id(), sound);
            audit.record(handle, call, organization, "registry.target.updated", Long.toString(target.id()));
            return target.id();
        });
        return Texts.done();
    }

    /** {@code DELETE} of one that no policy uses. */
    public Answer delete(Call call, Rights rights) {
        Target target = target(call, rights);
        if (!uses(target).isEmpty()) {
            throw Refusal.preconditionPlain("the target is used by policies, can not be deleted");
        }
        database.transact(handle -> {
            targets.delete(handle, target.id());
            audit.record(handle, call, organization, "registry.target.deleted", Long.toString(target.id()));
            return true;
        });
        return Texts.done();
    }

    /** {@code GET …/policies}. */
    public Answer policies(Call call, Rights rights) {
        return PrettyJson.answer(
                uses(target(call, rights)).stream().map(PolicyHandlers.View::of).toList());
    }

    /** {@code POST …/ping} of a target that is there. */
    public Answer pingOne(Call call, Rights rights) {
        Checks.requireAdministrator(rights);
        return ping(targets.endpoint(numbered(ReplicationIds.of(call))));
    }

    /** {@code POST /api/targets/ping} of an address, or of a target with another address or login. */
    public Answer ping(Call call, Rights rights) {
        Checks.requireAdministrator(rights);
        ClassicBody body = ClassicBody.of(call);
        Optional<Target> known = body.optionalNumber("id").map(this::numbered);
        String address = body.optionalString("endpoint")
                .or(() -> known.map(Target::endpoint))
                .orElse("");
        if (address.isEmpty()) {
            throw Refusal.invalidPlain("endpoint is required");
        }
        boolean sameLogin = body.optionalString("password").isEmpty()
                && body.optionalString("username").isEmpty();
        // A password that is kept is only ever sent to where it belongs.
        boolean samePlace = known.filter(target -> target.endpoint().equals(Target.normalized(address)))
                .isPresent();
        return ping(
                sameLogin && samePlace
                        ? targets.endpoint(known.orElseThrow())
                        : endpoint(address, body.string("username"), body.string("password")));
    }

    private Endpoint endpoint(String address, String username, String password) {
        if (address.length() > LONGEST_ENDPOINT) {
            throw Refusal.invalidPlain("endpoint max length is 64");
        }
        try {
            return targets.endpoint(address, username, password);
        } catch (Failure.Invalid noAddress) {
            throw Refusal.invalidPlain("endpoint is invalid");
        }
    }

    private Answer ping(Endpoint endpoint) {
        try {
            client.to(endpoint).ping();
            return Texts.done();
        } catch (UpstreamException refused) {
            String text = String.valueOf(refused.getMessage());
            throw switch (refused.reason()) {
                case UNAUTHORIZED -> Refusal.refusedElsewhere(text);
                case NOT_FOUND -> Refusal.notFoundPlain(text);
                default -> Refusal.invalidPlain(text);
            };
        }
    }

    private Target target(Call call, Rights rights) {
        Checks.requireAdministrator(rights);
        return targets.find(ReplicationIds.of(call)).orElseThrow(() -> Refusal.notFoundPlain("Not Found"));
    }

    private Target numbered(long id) {
        return targets.find(id).orElseThrow(() -> Refusal.notFoundPlain("target " + id + " not found"));
    }

    private List<Policy> uses(Target target) {
        return policies.list(new PolicyStore.Filter("", null, target.id()));
    }

    private static Targets.Draft requireSound(Targets.Draft draft) {
        @Nullable String password = draft.password();
        new Faults()
                .add(draft.name().isEmpty(), "name", "can not be empty")
                .add(draft.name().length() > LONGEST_NAME, "name", "max length is 64")
                .add(draft.endpoint().isEmpty(), "endpoint", "can not be empty")
                .add(draft.endpoint().length() > LONGEST_ENDPOINT, "endpoint", "max length is 64")
                .add(draft.username().length() > LONGEST_USERNAME, "username", "max length is 64")
                .add(password != null && password.length() > LONGEST_PASSWORD, "password", "max length is 48")
                .refuse();
        String endpoint = Target.normalized(draft.endpoint());
        if (Endpoint.address(endpoint).isEmpty()) {
            throw Refusal.invalidPlain("endpoint is invalid");
        }
        return new Targets.Draft(draft.name(), endpoint, draft.username(), password, draft.type());
    }

    private long change(Targets.Draft draft, Database.HandleWork<Long> work) {
        try {
            return database.transact(work);
        } catch (Failure.Conflict taken) {
            throw Targets.NAME_TAKEN.equals(taken.code())
                    ? Refusal.conflictPlain("name is already used")
                    : Refusal.conflictPlain("the target whose endpoint is " + draft.endpoint() + " already exists");
        }
    }
}
