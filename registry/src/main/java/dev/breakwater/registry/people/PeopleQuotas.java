package dev.breakwater.registry.people;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.registry.ProjectQuotas;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.configuration.Configuration;
import dev.breakwater.registry.configuration.ConfigurationKey;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.quota.Quota;
import dev.breakwater.registry.quota.QuotaStore;
import dev.breakwater.registry.quota.Quotas;
import dev.breakwater.tenancy.Audit;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** How much the projects of an organization may store, as people see and change it. */
public final class PeopleQuotas implements ProjectQuotas {

    private final Database database;
    private final Admission admission;
    private final Configuration configuration;
    private final Quotas quotas;
    private final Audit audit;

    /** Changes go through {@code quotas}, as those of the API do. */
    public PeopleQuotas(
            Database database, Admission admission, Configuration configuration, Quotas quotas, Audit audit) {
        this.database = database;
        this.admission = admission;
        this.configuration = configuration;
        this.quotas = quotas;
        this.audit = audit;
    }

    @Override
    public Usage find(Principal caller, UUID organization, String project) {
        Admission.Admitted admitted = admission.admit(caller, organization);
        return database.query(handle -> {
            Project found = admitted.project(handle, project, Resource.QUOTA, Action.READ);
            Optional<Quota> quota = QuotaStore.find(handle, found.id());
            long limit = quota.map(Quota::storage).orElse(Quota.UNLIMITED);
            return new Usage(
                    quota.map(Quota::used).orElse(0L),
                    limit == Quota.UNLIMITED ? OptionalLong.empty() : OptionalLong.of(limit),
                    configuration.isOn(handle, ConfigurationKey.QUOTA_PER_PROJECT_ENABLE),
                    admitted.rights().allowsInSystem(Resource.QUOTA, Action.UPDATE));
        });
    }

    @Override
    public void set(Call call, UUID organization, String project, OptionalLong limit) {
        Admission.Admitted admitted = admission.change(call, organization);
        long bytes = limit.orElse(Quota.UNLIMITED);
        database.transact(handle -> {
            Project found = admitted.project(handle, project, Resource.QUOTA, Action.READ);
            if (!admitted.rights().allowsInSystem(Resource.QUOTA, Action.UPDATE)) {
                throw new Failure.Forbidden("Only administrators of the installation set limits.");
            }
            if (limit.isPresent() && !Quota.isLimit(bytes)) {
                throw new Failure.Invalid("limit", "Write a number above 0, up to 1 EiB, or choose no limit.");
            }
            quotas.set(handle, found.id(), bytes);
            audit.record(handle, call, found.organizationId(), "registry.quota.updated", Long.toString(found.id()));
            return true;
        });
    }
}
