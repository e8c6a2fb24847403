package dev.breakwater.registry.people;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.registry.ImmutableTagRules;
import dev.breakwater.registry.TagPattern;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.immutability.ImmutableRule;
import dev.breakwater.registry.immutability.ImmutableRules;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.selector.Selection;
import dev.breakwater.tenancy.Audit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The rules of immutable tags as people see and change them. */
public final class PeopleImmutableTags implements ImmutableTagRules {

    private static final int MOST_LOOKED_AT = 20_000;
    private static final int MOST_SHOWN = 100;

    private final Database database;
    private final Admission admission;
    private final ImmutableRules rules;
    private final Audit audit;

    /** Changes go through {@code rules}, as those of the API do. */
    public PeopleImmutableTags(Database database, Admission admission, ImmutableRules rules, Audit audit) {
        this.database = database;
        this.admission = admission;
        this.rules = rules;
        this.audit = audit;
    }

    @Override
    public Listing list(Principal caller, UUID organization, String project) {
        Admission.Admitted admitted = admission.admit(caller, organization);
        return database.query(handle -> {
            Project found = admitted.project(handle, project, Resource.IMMUTABLE_TAG, Action.LIST);
            return new Listing(
                    rules.list(handle, found).stream()
                            .map(PeopleImmutableTags::entry)
                            .toList(),
                    admitted.rights().allows(handle, found, Resource.IMMUTABLE_TAG, Action.CREATE),
                    admitted.rights().allows(handle, found, Resource.IMMUTABLE_TAG, Action.UPDATE),
                    admitted.rights().allows(handle, found, Resource.IMMUTABLE_TAG, Action.DELETE));
        });
    }

    private static Entry entry(ImmutableRule rule) {
        Selection selection = rule.selection();
        return new Entry(
                rule.id(),
                rule.disabled(),
                Patterns.pattern(selection),
                "Tags%s in every repository%s"
                        .formatted(Patterns.ofTags(selection), Patterns.ofRepositories(selection)));
    }

    @Override
    public TagPattern.Matches matches(Principal caller, UUID organization, String project, TagPattern pattern) {
        Admission.Admitted admitted = admission.admit(caller, organization);
        Selection selection = Patterns.selection(pattern);
        return database.query(handle ->
                matches(handle, admitted.project(handle, project, Resource.IMMUTABLE_TAG, Action.LIST), selection));
    }

    @Override
    public TagPattern.Matches matches(Principal caller, UUID organization, String project, long rule) {
        Admission.Admitted admitted = admission.admit(caller, organization);
        return database.query(handle -> {
            Project found = admitted.project(handle, project, Resource.IMMUTABLE_TAG, Action.LIST);
            return matches(handle, found, find(handle, found, rule).selection());
        });
    }

    private TagPattern.Matches matches(Handle handle, Project project, Selection selection) {
        List<String> matching = new ArrayList<>();
        boolean complete = rules.forEachTag(handle, project, MOST_LOOKED_AT, (repository, tag) -> {
            if (selection.choosesRepository(repository) && selection.choosesTag(tag)) {
                matching.add(repository + ":" + tag);
            }
        });
        return new TagPattern.Matches(matching.stream().limit(MOST_SHOWN).toList(), matching.size(), complete);
    }

    private ImmutableRule find(Handle handle, Project project, long rule) {
        return rules.find(handle, project, rule)
                .orElseThrow(() -> new Failure.NotFound("There is no such rule any more."));
    }

    @Override
    public void add(Call call, UUID organization, String project, TagPattern pattern) {
        Admission.Admitted admitted = admission.change(call, organization);
        database.transact(handle -> {
            Project found = admitted.project(handle, project, Resource.IMMUTABLE_TAG, Action.CREATE);
            long made = rules.create(handle, new ImmutableRule(0, found.id(), 0, false, Patterns.selection(pattern)));
            record(handle, call, found, "created", made);
            return true;
        });
    }

    @Override
    public void change(Call call, UUID organization, String project, long rule, TagPattern pattern) {
        update(call, organization, project, rule, before -> {
            if (Patterns.pattern(before.selection()).isEmpty()) {
                throw new Failure.Conflict("This rule has several patterns. Change it by the API, or delete it.");
            }
            return new ImmutableRule(
                    before.id(), before.projectId(), before.priority(), before.disabled(), Patterns.selection(pattern));
        });
    }

    @Override
    public void setDisabled(Call call, UUID organization, String project, long rule, boolean disabled) {
        update(
                call,
                organization,
                project,
                rule,
                before -> new ImmutableRule(
                        before.id(), before.projectId(), before.priority(), disabled, before.selection()));
    }

    /** Makes another rule of one. */
    private interface Change {
        ImmutableRule of(ImmutableRule before);
    }

    private void update(Call call, UUID organization, String project, long rule, Change change) {
        Admission.Admitted admitted = admission.change(call, organization);
        database.transact(handle -> {
            Project found = admitted.project(handle, project, Resource.IMMUTABLE_TAG, Action.UPDATE);
            rules.update(handle, change.of(find(handle, found, rule)));
            record(handle, call, found, "updated", rule);
            return true;
        });
    }

    @Override
    public void delete(Call call, UUID organization, String project, long rule) {
        Admission.Admitted admitted = admission.change(call, organization);
        database.transact(handle -> {
            Project found = admitted.project(handle, project, Resource.IMMUTABLE_TAG, Action.DELETE);
            find(handle, found, rule);
            rules.delete(handle, found, rule);
            record(handle, call, found, "deleted", rule);
            return true;
        });
    }

    private void record(Handle handle, Call call, Project project, String what, long rule) {
        audit.record(
                handle, call, project.organizationId(), "registry.immutable_rule." + what, project.name() + "/" + rule);
    }
}
