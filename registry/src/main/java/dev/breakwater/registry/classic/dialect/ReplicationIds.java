package dev.breakwater.registry.classic.dialect;

import dev.breakwater.kernel.http.Call;
import java.util.OptionalLong;

/** The numbers of targets, policies and jobs in paths. */
public final class ReplicationIds {

    private ReplicationIds() {}

    /** The number of a path; 400 for 0 and for what takes more than 64 bits. */
    public static long of(Call call) {
        OptionalLong id = Numbers.ofPath(call, "id");
        if (id.isEmpty() || id.getAsLong() == 0) {
            throw Refusal.invalidPlain("invalid ID in URL");
        }
        return id.getAsLong();
    }
}
