package dev.breakwater.registry.classic.repository;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.access.Level;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.activity.Activity;
import dev.breakwater.registry.activity.ActivityStore;
import dev.breakwater.registry.classic.dialect.ClassicBody;
import dev.breakwater.registry.classic.dialect.ClassicPage;
import dev.breakwater.registry.classic.dialect.Numbers;
import dev.breakwater.registry.classic.dialect.PrettyJson;
import dev.breakwater.registry.classic.dialect.Refusal;
import dev.breakwater.registry.classic.dialect.Texts;
import dev.breakwater.registry.classic.gate.Checks;
import dev.breakwater.registry.manifest.Removals;
import dev.breakwater.registry.manifest.TagStore;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectStore;
import dev.breakwater.registry.repository.Place;
import dev.breakwater.registry.repository.Repository;
import dev.breakwater.registry.repository.RepositoryStore;
import dev.breakwater.tenancy.Audit;
import dev.breakwater.tenancy.UserProfile;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** {@code /api/repositories} and the repositories below it (registry.md 1.8). */
public final class RepositoryHandlers {

    private static final int LONGEST_DESCRIPTION = 64 * 1024;
    private static final int MOST_AT_THE_TOP = 100;

    private final Database database;
    private final TimeSource time;
    private final Removals removals;
    private final Audit audit;

    /** Answers with what these know. */
    public RepositoryHandlers(Database database, TimeSource time, Removals removals, Audit audit) {
        this.database = database;
        this.time = time;
        this.removals = removals;
        this.audit = audit;
    }

    /** {@code GET} of those of one project. */
    public Answer list(Call call, Rights rights) {
        String text = call.query("project_id").orElse("");
        OptionalLong id = Numbers.parse(text);
        if (id.isEmpty() || id.getAsLong() < 1) {
            throw Refusal.invalid("invalid project_id " + text);
        }
        Project project = database.query(handle -> Checks.require(handle, rights, id.getAsLong(), Level.READ));
        ClassicPage page = ClassicPage.of(call);
        String name = call.query("q").orElse("");
        long total = database.query(handle -> RepositoryStore.countTagged(handle, project.id(), name));
        List<Repository> repositories = database.query(
                handle -> RepositoryStore.listTagged(handle, project.id(), name, page.offset(), page.size()));
        return page.answer(call, repositories.stream().map(RepositoryView::of).toList(), total);
    }

    /** {@code GET …/top}: the most pulled ones, public or of the caller's own projects. */
    public Answer top(Call call, Rights rights) {
        String text = call.query("count").orElse("10");
        OptionalLong count = Numbers.parse(text);
        if (count.isEmpty() || count.getAsLong() < 1) {
            throw Refusal.invalidPlain("invalid count");
        }
        ProjectStore.Sight sight = new ProjectStore.Sight(
                false, rights.caller().user().map(UserProfile::id).orElse(null));
        int limit = (int) Math.min(count.getAsLong(), MOST_AT_THE_TOP);
        return PrettyJson.answer(
                database
                        .query(handle ->
                                RepositoryStore.listTaggedSeen(handle, sight, "", RepositoryStore.Order.PULLS, limit))
                        .stream()
                        .map(seen -> RepositoryView.of(seen.repository()))
                        .toList());
    }

    /** {@code PUT} of one: what its owners say of it. */
    public Answer describe(Call call, Rights rights) {
        String name = call.pathParameter("repo_name");
        Place place = database.query(handle -> {
            Project project = ProjectStore.find(handle, projectPart(name)).orElseThrow(() -> unknown(name));
            Repository repository =
                    RepositoryStore.find(handle, project.id(), name).orElseThrow(() -> unknown(name));
            Checks.require(handle, rights, project, Level.WRITE);
            return new Place(project, repository.id(), name);
        });
        String description = ClassicBody.of(call).string("description");
        if (description.length() > LONGEST_DESCRIPTION) {
            throw Refusal.invalid("invalid request: description with illegal length");
        }
        database.transact(handle -> {
            RepositoryStore.describe(handle, place.repositoryId(), description, time.instant());
            audit.record(handle, call, place.project().organizationId(), "registry.repository.updated", place.name());
            return true;
        });
        return Texts.done();
    }

    private static String projectPart(String repository) {
        int slash = repository.indexOf('/');
        return slash < 0 ? repository : repository.substring(0, slash);
    }

    private static Failure unknown(String name) {
        return Refusal.notFound("repository " + name + " not found");
    }

    /** {@code DELETE} of one with all that is in it. */
    public Answer delete(Call call, Rights rights) {
        String name = call.pathParameter("repo_name");
        database.transact(handle -> {
            Project project = Checks.projectOf(handle, name);
            Checks.require(handle, rights, project, Checks.REMOVE);
            Repository repository = RepositoryStore.find(handle, project.id(), name)
                    .filter(found -> found.tagCount() > 0)
                    .orElseThrow(() -> Refusal.notFoundPlain("Not Found"));
            Place place = new Place(project, repository.id(), name);
            List<String> tags = TagStore.names(handle, repository.id(), null, null);
            requireUnsigned(handle, repository.id(), Set.copyOf(tags));
            String username = rights.caller().name();
            removals.repository(handle, place, username);
            Instant now = time.instant();
            ActivityStore.insert(
                    handle,
                    tags.stream()
                            .map(tag -> Activity.ofTag(now, username, project.id(), "delete", name, tag))
                            .toList());
            audit.record(handle, call, project.organizationId(), "registry.repository.deleted", name);
            return true;
        });
        return Texts.done();
    }

    /** {@code DELETE …/tags/{tag}}: the tag and nothing else (decision D7). */
    public Answer deleteTag(Call call, Rights rights) {
        String name = call.pathParameter("repo_name");
        String tag = call.pathParameter("tag");
        database.transact(handle -> {
            Project project = Checks.projectOf(handle, name);
            Checks.require(handle, rights, project, Checks.REMOVE);
            Repository repository = RepositoryStore.find(handle, project.id(), name)
                    .filter(found -> found.tagCount() > 0)
                    .orElseThrow(() -> Refusal.notFoundPlain("Not Found"));
            requireUnsigned(handle, repository.id(), Set.of(tag));
            if (!removals.tag(
                    handle,
                    new Place(project, repository.id(), name),
                    tag,
                    rights.caller().name())) {
                throw Refusal.notFound("resource: %s:%s not found".formatted(name, tag));
            }
            audit.record(handle, call, project.organizationId(), "registry.tag.deleted", name + ":" + tag);
            return true;
        });
        return Texts.done();
    }

    private static void requireUnsigned(Handle handle, long repository, Set<String> tags) {
        SignatureStore.signedTags(handle, repository).stream()
                .map(SignatureStore.Signed::tag)
                .filter(tags::contains)
                .findFirst()
                .ifPresent(tag -> {
                    throw Refusal.preconditionPlain("tag " + tag + " is signed");
                });
    }

    /** {@code GET …/signatures}: the tags whose image is signed. */
    public Answer signatures(Call call, Rights rights) {
        String name = call.pathParameter("repo_name");
        return PrettyJson.answer(database
                .query(handle -> {
                    Project project = Checks.projectOf(handle, name);
                    Checks.require(handle, rights, project, Level.READ);
                    return RepositoryStore.findId(handle, project.id(), name)
                            .map(id -> SignatureStore.signedTags(handle, id))
                            .orElse(List.of());
                })
                .stream()
                .map(SignatureView::of)
                .toList());
    }

    /** The signature of a tag: the digest that was signed, in base64. */
    record SignatureView(String tag, Map<String, String> hashes) {

        static SignatureView of(SignatureStore.Signed signed) {
            return new SignatureView(
                    signed.tag(),
                    Map.of(
                            signed.digest().algorithm().label(),
                            java.util.Base64.getEncoder()
                                    .encodeToString(signed.digest().bytes())));
        }
    }
}
