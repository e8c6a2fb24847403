package dev.breakwater.registry.distribution;

import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.blob.Digest;

/** Content is named by its digest, so that is its entity tag (registry.md 2.2). */
final class EntityTag {

    private EntityTag() {}

    static String of(Digest digest) {
        return "\"" + digest + "\"";
    }

    /** Whether the caller has this content already; clients write the digest with quotes and without. */
    static boolean matches(Call call, Digest digest) {
        for (String header : call.headers("If-None-Match")) {
            for (String tag : header.split(",", -1)) {
                String bare = tag.strip().replaceFirst("^W/", "").replace("\"", "");
                if (bare.equals("*") || bare.equals(digest.toString())) {
                    return true;
                }
            }
        }
        return false;
    }
}
