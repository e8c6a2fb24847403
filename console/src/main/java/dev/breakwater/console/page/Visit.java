package dev.breakwater.console.page;

import dev.breakwater.console.asset.Assets;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.tenancy.Access;
import dev.breakwater.tenancy.BrowserSessions;
import dev.breakwater.tenancy.Organizations;
import java.util.List;

/**
 * A signed-in visitor who asks for a page, and the organization that is looked at. Every address and every form names
 * that organization when the visitor sees several, so two tabs can show two of them.
 */
public final class Visit {

    /** The parameter that names the organization. */
    static final String ORGANIZATION = "organization";

    private final Call call;
    private final BrowserSessions.SignedIn signedIn;
    private final List<Organizations.Entry> organizations;
    private final Organizations.Entry organization;
    private final boolean guest;
    private final Access.Rights rights;
    private final Assets assets;

    Visit(
            Call call,
            BrowserSessions.SignedIn signedIn,
            List<Organizations.Entry> organizations,
            Organizations.Entry organization,
            boolean guest,
            Access.Rights rights,
            Assets assets) {
        this.call = call;
        this.signedIn = signedIn;
        this.organizations = organizations;
        this.organization = organization;
        this.guest = guest;
        this.rights = rights;
        this.assets = assets;
    }

    /** The request. */
    public Call call() {
        return call;
    }

    /** Who is signed in. */
    public BrowserSessions.SignedIn signedIn() {
        return signedIn;
    }

    /** The organizations that the visitor sees. */
    public List<Organizations.Entry> organizations() {
        return organizations;
    }

    /** The organization that is looked at. */
    public Organizations.Entry organization() {
        return organization;
    }

    /** Whether the visitor has no role in this organization, but is a member of single projects of its registry. */
    public boolean guest() {
        return guest;
    }

    /** Whether the visitor has a permission in this organization; without it a page does not offer what needs it. */
    public boolean may(String permission) {
        return rights.allow(permission);
    }

    /**
     * Insists on a permission.
     *
     * @throws Failure.Forbidden when the visitor lacks it
     */
    public void require(String permission) {
        if (!may(permission)) {
            throw new Failure.Forbidden("Missing permission: %s.".formatted(permission));
        }
    }

    /** The address of a page, within this organization. */
    public String to(String path) {
        return organizations.size() > 1 ? Paths.with(path, ORGANIZATION, organization.identifier()) : path;
    }

    /** The frame of a page. */
    public Frame frame(String title, Section section) {
        return new Frame(
                title,
                section,
                Theme.of(call),
                Notice.of(call.query("notice")),
                signedIn,
                this,
                signedIn.formToken(),
                assets);
    }

    /** Leads to another page, after a change. */
    public Answer redirect(String path) {
        return Redirect.to(to(path));
    }

    /** Leads to another page, which says what was changed. */
    public Answer redirect(String path, Notice notice) {
        return Redirect.to(Paths.with(to(path), "notice", notice.code()));
    }

    /** Where the visitor reaches this server, for commands to copy. */
    public String host() {
        return (call.secure() ? "https://" : "http://") + call.authority();
    }
}
