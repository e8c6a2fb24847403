package dev.breakwater.registry.classic.replication;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.json.WireTime;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.classic.dialect.ClassicPage;
import dev.breakwater.registry.classic.dialect.Numbers;
import dev.breakwater.registry.classic.dialect.Refusal;
import dev.breakwater.registry.classic.dialect.ReplicationIds;
import dev.breakwater.registry.classic.dialect.Texts;
import dev.breakwater.registry.classic.dialect.Times;
import dev.breakwater.registry.classic.gate.Checks;
import dev.breakwater.registry.replication.Job;
import dev.breakwater.registry.replication.Jobs;
import dev.breakwater.registry.replication.Policies;
import dev.breakwater.tenancy.Audit;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** {@code /api/jobs/replication} (registry.md 1.10). */
public final class JobHandlers {

    private final Database database;
    private final Jobs jobs;
    private final Policies policies;
    private final Audit audit;
    private final UUID organization;

    /** Answers with what these know. */
    public JobHandlers(Database database, Jobs jobs, Policies policies, Audit audit, UUID organization) {
        this.database = database;
        this.jobs = jobs;
        this.policies = policies;
        this.audit = audit;
        this.organization = organization;
    }

    private record View(
            long id,
            String status,
            String repository,
            long policyId,
            String operation,
            List<String> tags,
            String creationTime,
            String updateTime) {

        static View of(Job job) {
            return new View(
                    job.id(),
                    text(job.status()),
                    job.repository(),
                    job.policyId(),
                    text(job.operation()),
                    job.tags(),
                    WireTime.text(job.createdAt()),
                    WireTime.text(job.updatedAt()));
        }
    }

    private static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** {@code GET} of those of a policy. */
    public Answer list(Call call, Rights rights) {
        Checks.requireAdministrator(rights);
        OptionalLong policy = Numbers.parse(call.query("policy_id").orElse(""));
        if (policy.isEmpty() || policy.getAsLong() < 1) {
            throw Refusal.invalidPlain("invalid policy_id");
        }
        if (policies.find(policy.getAsLong()).isEmpty()) {
            throw Refusal.notFoundPlain("policy " + policy.getAsLong() + " not found");
        }
        Jobs.Filter filter = new Jobs.Filter(
                policy.getAsLong(),
                call.query("repository").orElse(""),
                call.query("status").orElse(""),
                time(call, "start_time").orElse(null),
                time(call, "end_time").map(end -> end.plusSeconds(1)).orElse(null));
        ClassicPage page = ClassicPage.of(call, "num");
        return page.answer(
                call,
                jobs.list(filter, page.offset(), page.size()).stream()
                        .map(View::of)
                        .toList(),
                jobs.count(filter));
    }

    private static Optional<Instant> time(Call call, String name) {
        return call.query(name).filter(text -> !text.isEmpty()).map(text -> {
            OptionalLong seconds = Numbers.parse(text);
            if (seconds.isEmpty()) {
                throw Refusal.invalidPlain("invalid " + name);
            }
            return Times.ofSeconds(seconds.getAsLong());
        });
    }

    /** {@code DELETE} of one that has ended. */
    public Answer delete(Call call, Rights rights) {
        Job job = job(call, rights);
        if (job.status() == Job.Status.PENDING || job.status() == Job.Status.RUNNING) {
            throw Refusal.invalidPlain("job is " + text(job.status()) + ", can not be deleted");
        }
        database.transact(handle -> {
            Jobs.delete(handle, job.id());
            audit.record(handle, call, organization, "registry.replication_job.deleted", Long.toString(job.id()));
            return true;
        });
        return Texts.done();
    }

    /** {@code GET …/log}. */
    public Answer log(Call call, Rights rights) {
        return Texts.text(200, jobs.log(job(call, rights).id()).orElse(""));
    }

    private Job job(Call call, Rights rights) {
        Checks.requireAdministrator(rights);
        long id = ReplicationIds.of(call);
        return jobs.find(id).orElseThrow(() -> Refusal.notFoundPlain("job " + id + " not found"));
    }
}
