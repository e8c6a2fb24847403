package dev.breakwater.console.page;

import dev.breakwater.console.asset.Assets;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.FormBody;
import dev.breakwater.kernel.http.Handler;
import dev.breakwater.registry.ProjectRegister;
import dev.breakwater.tenancy.Access;
import dev.breakwater.tenancy.BrowserSessions;
import dev.breakwater.tenancy.Organizations;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lets only signed-in visitors see a page, within one organization that they may see, and lets a form through only
 * when it comes from a page of this host and of this session. Whoever has a role in an organization sees it, and so does
 * whoever is a member of one of its projects; what they see there, the pages ask about each thing.
 */
public final class Visits {

    /** The field of every form that holds its token. */
    public static final String FORM_TOKEN = "form_token";

    private static final int FORBIDDEN = 403;
    private static final String ZERO = "%00";
    private static final String FORM = "application/x-www-form-urlencoded";

    private final BrowserSessions sessions;
    private final Organizations organizations;
    private final Access access;
    private final ProjectRegister projects;
    private final Templates templates;
    private final Assets assets;

    /** Asks tenancy who somebody is and what they see, and the registry which projects they are members of. */
    public Visits(
            BrowserSessions sessions,
            Organizations organizations,
            Access access,
            ProjectRegister projects,
            Templates templates,
            Assets assets) {
        this.sessions = sessions;
        this.organizations = organizations;
        this.access = access;
        this.projects = projects;
        this.templates = templates;
        this.assets = assets;
    }

    /** A page to look at. */
    public Handler page(PageHandler handler) {
        return own(reader -> visited(reader, handler));
    }

    /** A page about whoever is signed in, who may belong to no organization. */
    public Handler own(ReaderHandler handler) {
        return call -> sessions.find(call)
                .map(signedIn -> answer(reader(call, signedIn, call.query(Visit.ORGANIZATION)), handler))
                .orElseGet(() -> signIn(call));
    }

    /** A page that is open to everyone; it tells nothing but what lies in this build. */
    public Handler open(ReaderHandler handler) {
        return call -> sessions.find(call)
                .map(signedIn -> answer(reader(call, signedIn, call.query(Visit.ORGANIZATION)), handler))
                .orElseGet(() -> handler.handle(new Reader(call, null, null, assets)));
    }

    /** A form that changes something. */
    public Handler form(PageHandler handler) {
        return ownForm(reader -> visited(reader, handler));
    }

    /** A form about whoever is signed in, who may belong to no organization. */
    public Handler ownForm(ReaderHandler handler) {
        return call -> sessions.find(call)
                .map(signedIn -> answer(reader(call, signedIn, FormBody.field(call, Visit.ORGANIZATION)), reader -> {
                    requireOwnForm(call, sessions, signedIn.formToken());
                    return handler.handle(reader);
                }))
                .orElseGet(() -> sessionEnded(call));
    }

    /** A form about the own session, which belongs to no organization. */
    public Handler formOfSession(Handler handler) {
        return call -> sessions.find(call)
                .map(signedIn -> {
                    call.admit(signedIn.user().principal());
                    requireOwnForm(call, sessions, signedIn.formToken());
                    return handler.handle(call);
                })
                .orElseGet(() -> sessionEnded(call));
    }

    /**
     * Insists that a form was filled in on a page of this host, by whoever its token was made for.
     *
     * @throws Failure.Forbidden otherwise
     */
    public static void requireOwnForm(Call call, BrowserSessions sessions, String token) {
        if (!call.header("Content-Type").orElse("").startsWith(FORM)) {
            throw new Failure.UnsupportedMediaType("Content-Type must be " + FORM + ".");
        }
        if (!sessions.isSameOrigin(call) || !isSame(token, FormBody.field(call, FORM_TOKEN))) {
            throw new Failure.Forbidden("This form was not sent from a page of your session. Load the page again, and"
                    + " send the form from there.");
        }
    }

    private static boolean isSame(String token, Optional<String> sent) {
        return MessageDigest.isEqual(
                token.getBytes(StandardCharsets.UTF_8), sent.orElse("").getBytes(StandardCharsets.UTF_8));
    }

    private Reader reader(Call call, BrowserSessions.SignedIn signedIn, Optional<String> named) {
        call.admit(signedIn.user().principal());
        return new Reader(call, signedIn, visit(call, signedIn, named), assets);
    }

    /** The visit of somebody; null for whoever sees no organization. */
    private @Nullable Visit visit(Call call, BrowserSessions.SignedIn signedIn, Optional<String> named) {
        List<Organizations.Entry> own = organizations.visibleTo(call.principal());
        List<Organizations.Entry> all =
                Stream.concat(own.stream(), ofProjects(call, own).stream()).toList();
        if (all.isEmpty()) {
            return null;
        }
        Organizations.Entry chosen = named.isEmpty() ? all.getFirst() : named(named.get(), all);
        return new Visit(
                call,
                signedIn,
                all,
                chosen,
                !own.contains(chosen),
                access.rights(call.principal(), chosen.id()),
                assets);
    }

    /** The organizations that somebody sees on account of projects alone. */
    private List<Organizations.Entry> ofProjects(Call call, List<Organizations.Entry> own) {
        Set<UUID> others = new HashSet<>(projects.organizations(call.principal()));
        own.forEach(each -> others.remove(each.id()));
        return organizations.find(others);
    }

    private Answer answer(Reader reader, ReaderHandler handler) {
        try {
            requireStorable(reader.call());
            return handler.handle(reader);
        } catch (Failure.Unavailable | Failure.Internal again) {
            throw again;
        } catch (Failure failure) {
            Frame frame = reader.frame(FailurePage.headline(failure), Section.NONE);
            String request = reader.call().requestId();
            return templates.answer(failure.status(), "failure.jte", FailurePage.of(frame, failure, request));
        }
    }

    private Answer visited(Reader reader, PageHandler handler) {
        return reader.visit()
                .map(handler::handle)
                .orElseGet(() -> templates.answer(
                        FORBIDDEN, "signin/stranger.jte", reader.frame("Nothing for you yet", Section.NONE)));
    }

    private static Organizations.Entry named(String identifier, List<Organizations.Entry> seen) {
        return seen.stream()
                .filter(each -> each.identifier().equals(identifier))
                .findFirst()
                .orElseThrow(() -> new Failure.NotFound("No organization found with id %s.".formatted(identifier)));
    }

    /** PostgreSQL holds no zero character, and nothing that is looked for has one. */
    private static void requireStorable(Call call) {
        boolean form = call.method().equals("POST");
        if (call.path().contains(ZERO)
                || call.rawQuery().contains(ZERO)
                || (form && new String(call.body(), StandardCharsets.US_ASCII).contains(ZERO))) {
            throw new Failure.Invalid("What you sent holds a zero character, which nothing here has.");
        }
    }

    /** Whoever is not signed in signs in first and gets the page then. */
    private static Answer signIn(Call call) {
        String query = call.rawQuery();
        String wanted = call.path() + (query.isEmpty() ? "" : "?" + query);
        String address = wanted.equals("/") ? "/sign-in" : Paths.with("/sign-in", "next", Paths.own(wanted));
        return call.header("HX-Request").isPresent()
                ? Answer.empty(401).with("HX-Redirect", "/sign-in").with("Cache-Control", "no-store")
                : Redirect.to(address);
    }

    private static Answer sessionEnded(Call call) {
        return call.header("HX-Request").isPresent()
                ? signIn(call)
                : Redirect.to(Paths.with("/sign-in", "notice", Notice.SESSION_ENDED.code()));
    }
}
