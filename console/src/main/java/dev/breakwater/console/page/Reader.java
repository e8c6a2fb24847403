package dev.breakwater.console.page;

import dev.breakwater.console.asset.Assets;
import dev.breakwater.kernel.http.Call;
import java.util.Optional;

/** Somebody who asks for a page that is open to everyone, signed in or not. */
public final class Reader {

    private final Call call;
    private final Optional<Visit> visit;
    private final Assets assets;

    Reader(Call call, Optional<Visit> visit, Assets assets) {
        this.call = call;
        this.visit = visit;
        this.assets = assets;
    }

    /** The request. */
    public Call call() {
        return call;
    }

    /** Who it is, if they are signed in. */
    public Optional<Visit> visit() {
        return visit;
    }

    /** The frame of a page. */
    public Frame frame(String title, Section section) {
        return visit.map(signedIn -> signedIn.frame(title, section))
                .orElseGet(() -> new Frame(title, section, Theme.of(call), Optional.empty(), null, "", assets));
    }
}
