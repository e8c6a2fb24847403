package dev.breakwater.registry.people;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.RegistryActivity;
import dev.breakwater.registry.activity.UseHourStore;
import dev.breakwater.registry.artifact.TotalsStore;
import dev.breakwater.registry.listing.Condition;
import dev.breakwater.registry.project.ProjectListStore;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** How much is stored and how much happens, as far as people may see. */
public final class PeopleActivity implements RegistryActivity {

    private final Database database;
    private final Admission admission;
    private final TimeSource time;

    /** Counts in this database. */
    public PeopleActivity(Database database, Admission admission, TimeSource time) {
        this.database = database;
        this.admission = admission;
        this.time = time;
    }

    @Override
    public Totals totals(Principal caller, UUID organization) {
        Condition seen = seen(caller, organization);
        TotalsStore.Totals found = database.query(handle -> TotalsStore.count(handle, seen, MOST_COUNTED));
        return new Totals(found.projects(), found.repositories(), found.manifests(), found.contents(), found.bytes());
    }

    private Condition seen(Principal caller, UUID organization) {
        return ProjectListStore.seen(
                        admission.admit(caller, organization).rights().sight())
                .and(Condition.of("p.organization_id = :organization", Map.of("organization", organization)));
    }

    @Override
    public List<Hour> latest(Principal caller, UUID organization, int hours) {
        Condition seen = seen(caller, organization);
        Instant first = time.instant().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(hours - 1L));
        return database.query(handle -> {
            Map<Instant, UseHourStore.Use> use = UseHourStore.since(handle, seen, first);
            return IntStream.range(0, hours)
                    .mapToObj(number -> first.plus(Duration.ofHours(number)))
                    .map(hour -> hour(hour, use.getOrDefault(hour, UseHourStore.Use.NONE)))
                    .toList();
        });
    }

    private static Hour hour(Instant beginning, UseHourStore.Use use) {
        return new Hour(beginning, use.pushes(), use.pulls());
    }
}
