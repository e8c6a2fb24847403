package dev.breakwater.console.settings;

import dev.breakwater.console.page.Form;
import dev.breakwater.console.page.Frame;
import dev.breakwater.console.page.Notice;
import dev.breakwater.console.page.Problem;
import dev.breakwater.console.page.Section;
import dev.breakwater.console.page.Templates;
import dev.breakwater.console.page.Visit;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.tenancy.Members;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /settings/members}: who may do what in the organization. */
public final class MemberPages {

    private final Templates templates;
    private final Members members;

    /** Shows and changes what tenancy knows. */
    public MemberPages(Templates templates, Members members) {
        this.templates = templates;
        this.members = members;
    }

    /**
     * The list, with the forms to add somebody.
     *
     * @param frame around it
     * @param members of the organization
     * @param roles that can be given
     * @param mayEdit whether the visitor may give and take roles
     * @param mayInvite whether the visitor may make accounts
     * @param filled what was filled in
     * @param problem what was wrong; null at first
     */
    public record Model(
            Frame frame,
            List<Members.Entry> members,
            List<Members.RoleChoice> roles,
            boolean mayEdit,
            boolean mayInvite,
            Filled filled,
            @Nullable Problem problem) {}

    /** What was filled in. */
    public record Filled(String login, String username, String email, String name) {}

    /** {@code GET /settings/members}. */
    public Answer list(Visit visit) {
        visit.require(Members.VIEW);
        return page(visit, 200, new Filled("", "", "", ""), null);
    }

    private Answer page(Visit visit, int status, Filled filled, @Nullable Problem problem) {
        boolean mayEdit = visit.may(Members.EDIT);
        return templates.answer(
                status,
                "settings/members.jte",
                new Model(
                        visit.frame("Members", Section.MEMBERS),
                        members.of(
                                visit.call().principal(), visit.organization().id()),
                        members.roles(),
                        mayEdit,
                        mayEdit && members.mayInvite(visit.call().principal()),
                        filled,
                        problem));
    }

    /** {@code POST /settings/members}: a role for somebody who has an account. */
    public Answer add(Visit visit) {
        Form form = Form.of(visit);
        try {
            members.add(visit.call(), visit.organization().id(), form.text("login"), form.text("role"));
            return visit.redirect("/settings/members", Notice.MEMBER_ADDED);
        } catch (Failure.Invalid wrong) {
            return page(visit, 400, new Filled(form.text("login"), "", "", ""), Problem.of(wrong));
        } catch (Failure.Conflict there) {
            return page(
                    visit,
                    409,
                    new Filled(form.text("login"), "", "", ""),
                    new Problem("login", "This member has that role already."));
        }
    }

    /** {@code POST /settings/members/new}: an account with a role. */
    public Answer invite(Visit visit) {
        Form form = Form.of(visit);
        Filled filled = new Filled("", form.text("username"), form.text("email"), form.text("name"));
        try {
            members.invite(
                    visit.call(),
                    visit.organization().id(),
                    filled.username(),
                    Optional.of(filled.email()).filter(email -> !email.isEmpty()),
                    filled.name(),
                    form.verbatim("password"),
                    form.text("role"));
            return visit.redirect("/settings/members", Notice.MEMBER_ADDED);
        } catch (Failure.Invalid wrong) {
            return page(visit, 400, filled, Problem.of(wrong));
        } catch (Failure.Conflict taken) {
            return page(visit, 409, filled, new Problem("username", taken.explanation()));
        }
    }

    /** {@code POST /settings/members/{id}/remove}. */
    public Answer remove(Visit visit) {
        String id = visit.call().pathParameter("id");
        boolean here = members.of(visit.call().principal(), visit.organization().id()).stream()
                .anyMatch(each -> each.assignment().equals(id));
        if (!here) {
            throw new Failure.NotFound("Nobody here has this role any more.");
        }
        members.remove(visit.call(), id);
        return visit.redirect("/settings/members", Notice.MEMBER_REMOVED);
    }
}
