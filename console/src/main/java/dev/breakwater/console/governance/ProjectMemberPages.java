package dev.breakwater.console.governance;

import dev.breakwater.console.page.Form;
import dev.breakwater.console.page.Frame;
import dev.breakwater.console.page.Listed;
import dev.breakwater.console.page.Notice;
import dev.breakwater.console.page.Numbered;
import dev.breakwater.console.page.Problem;
import dev.breakwater.console.page.Query;
import dev.breakwater.console.page.Templates;
import dev.breakwater.console.page.Visit;
import dev.breakwater.console.project.ProjectHead;
import dev.breakwater.console.project.ProjectTab;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.registry.PageAfter;
import dev.breakwater.registry.ProjectMembers;
import dev.breakwater.registry.Registers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /projects/{name}/members}: who may do what in a project. */
public final class ProjectMemberPages {

    private final Templates templates;
    private final Registers registry;

    /** Shows and changes what the registry knows. */
    public ProjectMemberPages(Templates templates, Registers registry) {
        this.templates = templates;
        this.registry = registry;
    }

    /**
     * The list, with the form to add somebody.
     *
     * @param head of the page
     * @param listing what the visitor may do with members
     * @param members of this page
     * @param roles that can be given
     * @param filled what was filled in
     * @param problem what was wrong; null at first
     */
    public record Model(
            ProjectHead head,
            ProjectMembers.Listing listing,
            Listed<ProjectMembers.Entry> members,
            List<ProjectMembers.Role> roles,
            Filled filled,
            @Nullable Problem problem) {

        /** The frame around it. */
        public Frame frame() {
            return head.frame();
        }

        /** What to ask before a member is removed. */
        public String question(ProjectMembers.Entry member) {
            return listing.isLastAdministrator(member)
                    ? "Remove %s, the last administrator of this project? Only administrators of the installation can then manage it."
                            .formatted(member.username())
                    : "Remove %s from this project?".formatted(member.username());
        }
    }

    /** What was filled in. */
    public record Filled(String username, String role) {}

    /** {@code GET}. */
    public Answer list(Visit visit) {
        return page(visit, 200, new Filled("", "developer"), null);
    }

    private Answer page(Visit visit, int status, Filled filled, @Nullable Problem problem) {
        ProjectHead head = ProjectHead.of(visit, registry.projects(), ProjectTab.MEMBERS);
        Query query = Query.of(visit, head.to(ProjectTab.MEMBERS.path()));
        ProjectMembers.Listing listing;
        Listed<ProjectMembers.Entry> members;
        try {
            ProjectMembers.Listing asked = listing(visit, head, query.after());
            listing = asked;
            members = Listed.of(query, asked::members);
        } catch (Failure.Invalid wrong) {
            listing = listing(visit, head, Query.beginning());
            members = Listed.wrong(query, wrong);
        }
        return templates.answer(
                problem == null ? members.status() : status,
                "governance/members.jte",
                new Model(head, listing, members, registry.members().roles(), filled, problem));
    }

    private ProjectMembers.Listing listing(Visit visit, ProjectHead head, PageAfter page) {
        return registry.members()
                .list(visit.call().principal(), visit.organization().id(), head.name(), page);
    }

    /** {@code POST}: somebody new. */
    public Answer add(Visit visit) {
        Form form = Form.of(visit);
        Filled filled = new Filled(form.text("username"), form.text("role"));
        try {
            registry.members()
                    .add(
                            visit.call(),
                            visit.organization().id(),
                            visit.call().pathParameter("name"),
                            filled.username(),
                            filled.role());
        } catch (Failure.Invalid wrong) {
            return page(visit, 400, filled, Problem.of(wrong));
        } catch (Failure.Conflict there) {
            return page(visit, 409, filled, new Problem("username", there.explanation()));
        }
        return back(visit, Notice.PROJECT_MEMBER_ADDED);
    }

    /** {@code POST /{member}/role}. */
    public Answer change(Visit visit) {
        registry.members()
                .change(
                        visit.call(),
                        visit.organization().id(),
                        visit.call().pathParameter("name"),
                        Numbered.of(visit, "member"),
                        Form.of(visit).text("role"));
        return back(visit, Notice.PROJECT_MEMBER_CHANGED);
    }

    /** {@code POST /{member}/remove}. */
    public Answer remove(Visit visit) {
        registry.members()
                .remove(
                        visit.call(),
                        visit.organization().id(),
                        visit.call().pathParameter("name"),
                        Numbered.of(visit, "member"));
        return back(visit, Notice.PROJECT_MEMBER_REMOVED);
    }

    /** Back to the list, unless it was the visitor's own place that changed, so that there is nothing to see any more. */
    private Answer back(Visit visit, Notice notice) {
        String project = visit.call().pathParameter("name");
        try {
            boolean seen = registry.projects()
                    .find(visit.call().principal(), visit.organization().id(), project)
                    .may(ProjectTab.MEMBERS.permission());
            return visit.redirect(ProjectHead.path(project) + (seen ? ProjectTab.MEMBERS.path() : ""), notice);
        } catch (Failure.NotFound gone) {
            return visit.redirect("/projects", notice);
        }
    }
}
