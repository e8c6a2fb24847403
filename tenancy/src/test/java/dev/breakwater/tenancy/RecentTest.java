package dev.breakwater.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.kernel.http.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecentTest {

    private final Changes changes = new Changes();
    private final Recent<String, Integer> recent = new Recent<>(changes);
    private final AtomicInteger found = new AtomicInteger();

    private static final class Changes implements Audit {

        private final List<Runnable> listeners = new ArrayList<>();

        @Override
        public void record(Handle handle, Call call, @Nullable UUID organization, String action, String target) {}

        @Override
        public void afterEach(Runnable work) {
            listeners.add(work);
        }

        void happen() {
            listeners.forEach(Runnable::run);
        }
    }

    private int find(String key) {
        return recent.get(key, any -> found.incrementAndGet());
    }

    @Test
    void whatWasFoundIsRememberedUntilSomethingChanges() {
        assertThat(find("a")).isEqualTo(1);
        assertThat(find("a")).isEqualTo(1);
        assertThat(recent.get("a")).contains(1);

        changes.happen();

        assertThat(recent.get("a")).isEmpty();
        assertThat(find("a")).isEqualTo(2);
    }

    @Test
    void whatWasBeingFoundOutDuringAChangeIsNotRemembered() {
        int before = recent.get("a", any -> {
            changes.happen();
            return found.incrementAndGet();
        });

        assertThat(before).isEqualTo(1);
        assertThat(recent.get("a")).isEmpty();
        long moment = recent.moment();
        changes.happen();
        recent.put(moment, "b", 7);
        assertThat(recent.get("b")).isEmpty();
    }

    @Test
    void oneCanBeForgotten() {
        find("a");
        find("b");

        recent.forget("a");

        assertThat(recent.get("a")).isEmpty();
        assertThat(recent.get("b")).contains(2);
    }
}
