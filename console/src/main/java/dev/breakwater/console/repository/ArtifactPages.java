package dev.breakwater.console.repository;

import dev.breakwater.console.page.Digests;
import dev.breakwater.console.page.Form;
import dev.breakwater.console.page.Frame;
import dev.breakwater.console.page.Notice;
import dev.breakwater.console.page.PrettyJson;
import dev.breakwater.console.page.Problem;
import dev.breakwater.console.page.Templates;
import dev.breakwater.console.page.Times;
import dev.breakwater.console.page.Visit;
import dev.breakwater.console.project.ProjectHead;
import dev.breakwater.console.project.ProjectTab;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.registry.ArtifactRegister;
import dev.breakwater.registry.ArtifactRegister.Details;
import dev.breakwater.registry.Registers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /projects/{name}/repositories/{repository}@{digest}}: one artifact, its tags and what belongs to it. */
public final class ArtifactPages {

    private final Templates templates;
    private final Registers registry;

    /** Shows and changes what the registry knows. */
    public ArtifactPages(Templates templates, Registers registry) {
        this.templates = templates;
        this.registry = registry;
    }

    /**
     * An artifact.
     *
     * @param head of the page
     * @param repository the whole name of its repository
     * @param details all about it
     * @param pull how to pull it
     * @param manifest set out for reading
     * @param window for how long it can be brought back
     * @param tag as it was typed
     * @param problem what was wrong; null at first
     */
    public record Model(
            ProjectHead head,
            String repository,
            Details details,
            List<PullCommands.Command> pull,
            String manifest,
            String window,
            String tag,
            @Nullable Problem problem) {

        /** The frame around it. */
        public Frame frame() {
            return head.frame();
        }

        /** The address of this artifact, without the organization. */
        public String path() {
            return Addresses.artifact(head.name(), repository, details.entry().digest());
        }

        /** The address of its repository. */
        public String toRepository() {
            return frame().to(Addresses.repository(head.name(), repository));
        }

        /** The address of another artifact of the repository. */
        public String to(String digest) {
            return frame().to(Addresses.artifact(head.name(), repository, digest));
        }

        /** Whether only the beginning of the manifest is shown. */
        public boolean cut() {
            return details.manifestBytes() > details.manifest().length();
        }
    }

    /** {@code GET …}. */
    public Answer show(Visit visit) {
        return show(visit, 200, "", null);
    }

    private Answer show(Visit visit, int status, String tag, @Nullable Problem problem) {
        ProjectHead head = ProjectHead.of(visit, registry.projects(), ProjectTab.REPOSITORIES);
        ArtifactRegister.Location location = location(visit);
        Details details = registry.artifacts().find(visit.call().principal(), location, Addresses.reference(visit));
        ArtifactRegister.Entry entry = details.entry();
        String name = location.repository()
                + entry.tags().stream()
                        .findFirst()
                        .map(first -> ":" + first)
                        .orElseGet(() -> "@" + Digests.brief(entry.digest()));
        return templates.answer(
                status,
                "repository/artifact.jte",
                new Model(
                        head.titled(name),
                        location.repository(),
                        details,
                        PullCommands.of(
                                visit,
                                location.repository(),
                                entry.tags().stream().findFirst().orElse(""),
                                entry.digest(),
                                entry.type()),
                        PrettyJson.of(details.manifest()),
                        Times.span(registry.deletions().window()),
                        tag,
                        problem));
    }

    private static ArtifactRegister.Location location(Visit visit) {
        return new ArtifactRegister.Location(
                visit.organization().id(), visit.call().pathParameter("name"), Addresses.repository(visit));
    }

    private static String path(Visit visit) {
        ArtifactRegister.Location location = location(visit);
        return Addresses.artifact(location.project(), location.repository(), Addresses.reference(visit));
    }

    /** {@code POST …/tags}. */
    public Answer addTag(Visit visit) {
        String tag = Form.of(visit).text("tag");
        try {
            registry.artifacts().addTag(visit.call(), location(visit), Addresses.reference(visit), tag);
        } catch (Failure.Invalid | Failure.Conflict wrong) {
            return show(visit, wrong.status(), tag, new Problem("tag", wrong.explanation()));
        }
        return visit.redirect(path(visit), Notice.TAG_ADDED);
    }

    /** {@code POST …/tags/delete}. */
    public Answer deleteTag(Visit visit) {
        try {
            registry.artifacts()
                    .deleteTag(
                            visit.call(),
                            location(visit),
                            Addresses.reference(visit),
                            Form.of(visit).text("tag"));
        } catch (Failure.Conflict hindered) {
            return show(visit, hindered.status(), "", Problem.of(hindered));
        }
        return visit.redirect(path(visit), Notice.TAG_DELETED);
    }

    /** {@code POST …/delete}. */
    public Answer delete(Visit visit) {
        ArtifactRegister.Location location = location(visit);
        try {
            registry.artifacts().delete(visit.call(), location, Addresses.reference(visit));
        } catch (Failure.Conflict hindered) {
            return show(visit, hindered.status(), "", Problem.of(hindered));
        }
        return visit.redirect(Addresses.repository(location.project(), location.repository()), Notice.ARTIFACT_DELETED);
    }
}
