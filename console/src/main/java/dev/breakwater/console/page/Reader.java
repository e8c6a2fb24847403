package dev.breakwater.console.page;

import dev.breakwater.console.asset.Assets;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.tenancy.BrowserSessions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Somebody who asks for a page that is open to everyone, signed in or not. */
public final class Reader {

    private final Call call;
    private final BrowserSessions.@Nullable SignedIn signedIn;
    private final @Nullable Visit visit;
    private final Assets assets;

    Reader(Call call, BrowserSessions.@Nullable SignedIn signedIn, @Nullable Visit visit, Assets assets) {
        this.call = call;
        this.signedIn = signedIn;
        this.visit = visit;
        this.assets = assets;
    }

    /** The request. */
    public Call call() {
        return call;
    }

    /** Who it is, if they are signed in. */
    public Optional<BrowserSessions.SignedIn> signedIn() {
        return Optional.ofNullable(signedIn);
    }

    /** The visit to an organization, if they are signed in and see one. */
    public Optional<Visit> visit() {
        return Optional.ofNullable(visit);
    }

    /** The frame of a page. */
    public Frame frame(String title, Section section) {
        return visit != null
                ? visit.frame(title, section)
                : new Frame(
                        title,
                        section,
                        Theme.of(call),
                        signedIn == null ? Optional.empty() : Notice.of(call.query("notice")),
                        signedIn,
                        null,
                        signedIn == null ? "" : signedIn.formToken(),
                        assets);
    }

    /** Leads to another page, which says what was changed. */
    public Answer redirect(String path, Notice notice) {
        return visit != null ? visit.redirect(path, notice) : Redirect.to(Paths.with(path, "notice", notice.code()));
    }
}
