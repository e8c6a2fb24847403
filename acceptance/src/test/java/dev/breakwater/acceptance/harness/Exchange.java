package dev.breakwater.acceptance.harness;

import java.util.Map;

/** A request as it was sent, with its answer. */
public record Exchange(String method, String target, Map<String, String> headers, byte[] body, Reply reply) {

    /** The path without the query. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }
}
