package dev.breakwater.registry.people;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.http.Page;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.registry.PageAfter;
import dev.breakwater.registry.ProjectLog;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Resource;
import java.util.UUID;

/** The log of the projects of an organization as people see it. */
public final class PeopleLog implements ProjectLog {

    private final Database database;
    private final Admission admission;

    /** Reads from this database. */
    public PeopleLog(Database database, Admission admission) {
        this.database = database;
        this.admission = admission;
    }

    @Override
    public Page<Entry> list(Principal caller, UUID organization, String project, Filter filter, PageAfter page) {
        Admission.Admitted admitted = admission.admit(caller, organization);
        return database.query(handle -> page.cut(
                PeopleLogStore.list(
                        handle,
                        admitted.project(handle, project, Resource.LOG, Action.LIST)
                                .id(),
                        filter,
                        Cursors.before(page),
                        page.rows()),
                last -> Long.toString(last.id())));
    }
}
