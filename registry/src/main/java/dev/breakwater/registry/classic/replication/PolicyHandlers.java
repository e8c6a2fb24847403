package dev.breakwater.registry.classic.replication;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.json.WireTime;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.classic.dialect.ClassicBody;
import dev.breakwater.registry.classic.dialect.Faults;
import dev.breakwater.registry.classic.dialect.Numbers;
import dev.breakwater.registry.classic.dialect.PrettyJson;
import dev.breakwater.registry.classic.dialect.Refusal;
import dev.breakwater.registry.classic.dialect.ReplicationIds;
import dev.breakwater.registry.classic.dialect.Texts;
import dev.breakwater.registry.classic.gate.Checks;
import dev.breakwater.registry.classic.repository.TagView;
import dev.breakwater.registry.project.ProjectStore;
import dev.breakwater.registry.replication.Policies;
import dev.breakwater.registry.replication.Policy;
import dev.breakwater.registry.replication.PolicyStore;
import dev.breakwater.registry.replication.Targets;
import dev.breakwater.tenancy.Audit;
import java.util.OptionalLong;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** {@code /api/policies/replication} (registry.md 1.10). */
public final class PolicyHandlers {

    private static final int LONGEST = 256;
    private static final int LONGEST_DESCRIPTION = 1_024;

    private final Database database;
    private final Policies policies;
    private final Targets targets;
    private final Audit audit;
    private final UUID organization;

    /** Answers with what these know. */
    public PolicyHandlers(Database database, Policies policies, Targets targets, Audit audit, UUID organization) {
        this.database = database;
        this.policies = policies;
        this.targets = targets;
        this.audit = audit;
        this.organization = organization;
    }

    /** A policy as the 2017 API shows it (registry.md 1.4). */
    record View(
            long id,
            long projectId,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String projectName,
            long targetId,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) String targetName,
            String name,
            int enabled,
            String description,
            String cronStr,
            String startTime,
            String creationTime,
            String updateTime,
            long errorJobCount,
            int deleted) {

        static View of(Policy policy) {
            return new View(
                    policy.id(),
                    policy.projectId(),
                    policy.projectName(),
                    policy.targetId(),
                    policy.targetName(),
                    policy.name(),
                    policy.enabled() ? 1 : 0,
                    policy.description(),
                    policy.cron(),
                    policy.startedAt() == null ? TagView.NEVER : WireTime.text(policy.startedAt()),
                    WireTime.text(policy.createdAt()),
                    WireTime.text(policy.updatedAt()),
                    policy.failedJobs(),
                    0);
        }
    }

    /** {@code GET} of all. */
    public Answer list(Call call, Rights rights) {
        Checks.requireAdministrator(rights);
        @Nullable
        Long project = call.query("project_id")
                .filter(text -> !text.isEmpty())
                .map(text -> {
                    OptionalLong id = Numbers.parse(text);
                    if (id.isEmpty() || id.getAsLong() < 1) {
                        throw Refusal.invalidPlain("invalid project ID");
                    }
                    return id.getAsLong();
                })
                .orElse(null);
        return PrettyJson.answer(
                policies.list(new PolicyStore.Filter(call.query("name").orElse(""), project, null)).stream()
                        .map(View::of)
                        .toList());
    }

    /** {@code GET} of one. */
    public Answer read(Call call, Rights rights) {
        return PrettyJson.answer(View.of(policy(call, rights)));
    }

    /** {@code POST}. */
    public Answer create(Call call, Rights rights) {
        Checks.requireAdministrator(rights);
        ClassicBody body = ClassicBody.of(call);
        long enabled = body.number("enabled");
        Policies.Draft draft = new Policies.Draft(
                body.string("name"),
                body.string("description"),
                body.number("project_id"),
                body.number("target_id"),
                body.string("cron_str"),
                enabled == 1);
        requireSound(draft, enabled);
        if (database.query(handle -> ProjectStore.find(handle, draft.project())).isEmpty()) {
            throw Refusal.invalidPlain("project " + draft.project() + " does not exist");
        }
        requireTarget(draft.target());
        long id = change(handle -> {
            long number = policies.create(handle, draft);
            record(handle, call, "created", number);
            return number;
        });
        return Texts.created("/api/policies/replication/" + id);
    }

    /** {@code PUT} of one: what is absent stays. */
    public Answer update(Call call, Rights rights) {
        Policy policy = policy(call, rights);
        ClassicBody body = ClassicBody.of(call);
        long enabled = body.optionalNumber("enabled").orElse(policy.enabled() ? 1L : 0L);
        Policies.Draft draft = new Policies.Draft(
                body.optionalString("name").orElse(policy.name()),
                body.optionalString("description").orElse(policy.description()),
                policy.projectId(),
                body.optionalNumber("target_id").orElse(policy.targetId()),
                body.optionalString("cron_str").orElse(policy.cron()),
                enabled == 1);
        requireSound(draft, enabled);
        if (draft.target() != policy.targetId()) {
            if (policy.enabled()) {
                throw Refusal.invalidPlain("target of policy can not be modified when the policy is enabled");
            }
            requireTarget(draft.target());
        }
        change(handle -> {
            policies.change(handle, policy, draft);
            record(handle, call, "updated", policy.id());
            return policy.id();
        });
        return Texts.done();
    }

    /** {@code PUT …/enablement}. */
    public Answer enable(Call call, Rights rights) {
        Policy policy = policy(call, rights);
        long enabled = ClassicBody.of(call).optionalNumber("enabled").orElse(-1L);
        if (enabled != 0 && enabled != 1) {
            throw Refusal.invalid("invalid enabled value");
        }
        if (policy.enabled() != (enabled == 1)) {
            change(handle -> {
                policies.setEnabled(handle, policy, enabled == 1);
                record(handle, call, enabled == 1 ? "enabled" : "disabled", policy.id());
                return policy.id();
            });
        }
        return Texts.done();
    }

    /** {@code DELETE} of one that is not enabled and whose jobs have ended. */
    public Answer delete(Call call, Rights rights) {
        Checks.requireAdministrator(rights);
        Policy policy = policies.find(ReplicationIds.of(call)).orElseThrow(() -> Refusal.notFoundPlain(""));
        if (policy.enabled()) {
            throw Refusal.preconditionPlain("plicy is enabled, can not be deleted");
        }
        change(handle -> {
            if (Policies.isActive(handle, policy.id())) {
                throw Refusal.preconditionPlain("policy has running/retrying/pending jobs, can not be deleted");
            }
            Policies.delete(handle, policy.id());
            record(handle, call, "deleted", policy.id());
            return policy.id();
        });
        return Texts.done();
    }

    private Policy policy(Call call, Rights rights) {
        Checks.requireAdministrator(rights);
        return policies.find(ReplicationIds.of(call)).orElseThrow(() -> Refusal.notFoundPlain("Not Found"));
    }

    private void requireTarget(long target) {
        if (targets.find(target).isEmpty()) {
            throw Refusal.invalidPlain("target " + target + " does not exist");
        }
    }

    private static void requireSound(Policies.Draft draft, long enabled) {
        new Faults()
                .add(draft.name().isEmpty(), "name", "can not be empty")
                .add(draft.name().length() > LONGEST, "name", "max length is 256")
                .add(draft.project() <= 0, "project_id", "invalid")
                .add(draft.target() <= 0, "target_id", "invalid")
                .add(enabled != 0 && enabled != 1, "enabled", "must be 0 or 1")
                .add(draft.description().length() > LONGEST_DESCRIPTION, "description", "max length is 1024")
                .add(draft.cron().length() > LONGEST, "cron_str", "max length is 256")
                .add(draft.cron().length() <= LONGEST && !Policies.isSchedule(draft.cron()), "cron_str", "invalid")
                .refuse();
    }

    private void record(Handle handle, Call call, String what, long id) {
        audit.record(handle, call, organization, "registry.replication_policy." + what, Long.toString(id));
    }

    private long change(Database.HandleWork<Long> work) {
        try {
            return database.transact(work);
        } catch (Failure.Conflict taken) {
            throw Refusal.conflictPlain("policy already exists with the same project and target");
        }
    }
}
