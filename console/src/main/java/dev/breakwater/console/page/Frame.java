package dev.breakwater.console.page;

import dev.breakwater.console.asset.Assets;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.tenancy.BrowserSessions;
import dev.breakwater.tenancy.Organizations;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds the content of a page.
 *
 * @param title of the page
 * @param section that is marked in the navigation
 * @param theme light or dark
 * @param notice what the page says about the change that led to it
 * @param signedIn who is signed in; null for nobody
 * @param visit to an organization; null for a page that belongs to none
 * @param formToken what forms carry; empty where there are none
 * @param assets the addresses of what it loads
 */
public record Frame(
        String title,
        Section section,
        Theme theme,
        Optional<Notice> notice,
        BrowserSessions.@Nullable SignedIn signedIn,
        @Nullable Visit visit,
        String formToken,
        Assets assets) {

    /** The frame of a page that anybody may see. */
    public static Frame open(Call call, String title, String formToken, Assets assets) {
        return new Frame(
                title, Section.NONE, Theme.of(call), Notice.of(call.query("notice")), null, null, formToken, assets);
    }

    /** The same frame with another title. */
    public Frame titled(String other) {
        return new Frame(other, section, theme, notice, signedIn, visit, formToken, assets);
    }

    /** The sections about events; none for whoever sees single projects only. */
    public List<Section> eventSections() {
        return guest() ? List.of() : List.of(Section.HOME, Section.EVENTS, Section.WEBHOOKS, Section.DELIVERIES);
    }

    /** The sections about the registry; some are for administrators of the installation only. */
    public List<Section> registrySections() {
        return signedIn != null && signedIn.user().administrator()
                ? List.of(Section.PROJECTS, Section.ROBOTS, Section.COLLECTION)
                : List.of(Section.PROJECTS);
    }

    /** The sections in which things are set up; none for whoever sees single projects only. */
    public List<Section> settingSections() {
        return guest() ? List.of() : List.of(Section.KEYS, Section.WORKSPACES, Section.MEMBERS, Section.AUDIT);
    }

    /** The sections for those who write programs; they are open to everyone. */
    public List<Section> developerSections() {
        return List.of(Section.API, Section.GUIDES);
    }

    private boolean guest() {
        return visit != null && visit.guest();
    }

    /** Whether the page stands alone, without navigation. */
    public boolean alone() {
        return signedIn == null && section == Section.NONE;
    }

    /** The address of a page, within the organization that is looked at. */
    public String to(String path) {
        return visit == null ? path : visit.to(path);
    }

    /** The organization that is looked at. */
    public Organizations.@Nullable Entry organization() {
        return visit == null ? null : visit.organization();
    }

    /** Whether the organization has to be named, because the visitor sees several. */
    public boolean namesOrganization() {
        return visit != null && visit.organizations().size() > 1;
    }

    /** The address of a file. */
    public String asset(String file) {
        return assets.address(file);
    }
}
