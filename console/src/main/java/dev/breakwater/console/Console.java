package dev.breakwater.console;

import dev.breakwater.console.asset.Assets;
import dev.breakwater.console.home.HomePage;
import dev.breakwater.console.page.PageErrors;
import dev.breakwater.console.page.Templates;
import dev.breakwater.console.page.Visits;
import dev.breakwater.console.signin.AccountPages;
import dev.breakwater.console.signin.SignInPages;
import dev.breakwater.events.WorkspaceRegister;
import dev.breakwater.kernel.http.Surface;
import dev.breakwater.tenancy.Access;
import dev.breakwater.tenancy.BrowserSessions;
import dev.breakwater.tenancy.Organizations;
import java.util.List;

/** The module: its pages, put together. It keeps nothing of its own; all it shows and changes belongs to others. */
public final class Console {

    /** Nothing but what this server itself offers is loaded or run, and no page is shown within another. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private static final int MAX_BODY = 1 << 20;

    private final Surface surface;

    /**
     * What the module stands on.
     *
     * @param sessions who is signed in
     * @param organizations what they see
     * @param access what they may do
     * @param workspaces of the events API
     */
    public record Parts(
            BrowserSessions sessions, Organizations organizations, Access access, WorkspaceRegister workspaces) {}

    /** Wires the module. */
    public Console(Parts parts) {
        Assets assets = new Assets();
        Templates templates = new Templates();
        Visits visits = new Visits(parts.sessions(), parts.organizations(), parts.access(), templates, assets);
        SignInPages signIn = new SignInPages(parts.sessions(), templates, assets);
        AccountPages account = new AccountPages(parts.sessions(), templates);
        HomePage home = new HomePage(templates, parts.workspaces());
        surface = surface(templates, assets)
                .route("GET", Assets.PREFIX + "/{name}", assets::serve)
                .route("GET", "/sign-in", signIn::show)
                .route("POST", "/sign-in", signIn::signIn)
                .route("POST", "/sign-out", visits.form(signIn::signOut))
                .route("POST", "/sign-out/everywhere", visits.form(signIn::signOutEverywhere))
                .route("GET", "/account", visits.page(account::show))
                .route("POST", "/account/password", visits.form(account::changePassword))
                .route("GET", "/", visits.page(home::show))
                .build();
    }

    /** The first page has the path {@code /} alone; the paths that nobody owns are not the console's. */
    private static Surface.Builder surface(Templates templates, Assets assets) {
        return Surface.named("console", new PageErrors(templates, assets))
                .prefix("/")
                .prefix(Assets.PREFIX)
                .prefix("/sign-in")
                .prefix("/sign-out")
                .prefix("/account")
                .maxBody(MAX_BODY)
                .answerHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .answerHeader("X-Content-Type-Options", "nosniff")
                .answerHeader("X-Frame-Options", "DENY")
                .answerHeader("Referrer-Policy", "same-origin")
                .answerHeader("Cross-Origin-Opener-Policy", "same-origin")
                .answerHeader("Cross-Origin-Resource-Policy", "same-origin");
    }

    /** What it answers to. */
    public List<Surface> surfaces() {
        return List.of(surface);
    }
}
