package dev.breakwater.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.kernel.identity.Environment;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.tenancy.token.TokenHash;
import dev.breakwater.tenancy.token.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recognizing API keys (events.md 2.2). No notification arrives here: the second must hold without them. */
class ApiKeysTest {

    private final TestNode node = TestNode.onEmptyDatabase();
    private UUID organization = new UUID(0, 0);

    @BeforeEach
    void start() {
        organization = node.tenancy.start().organization();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void aKeyNamesItsOrganizationAndEnvironment() {
        String live = node.tenancy.issueApiKey(organization, Environment.LIVE, "backend");
        String sandbox = node.tenancy.issueApiKey(organization, Environment.SANDBOX, "trial");

        assertThat(live).matches("hb_live_[0-9A-Za-z]{32}");
        assertThat(sandbox).matches("hb_test_[0-9A-Za-z]{32}");
        assertThat(node.tenancy.apiKeys().authenticate(live)).hasValueSatisfying(bearer -> {
            assertThat(bearer.kind()).isEqualTo(Principal.Kind.API_KEY);
            assertThat(bearer.organization()).isEqualTo(organization);
            assertThat(bearer.environment()).isEqualTo(Environment.LIVE);
            assertThat(bearer.unrestricted()).isTrue();
            assertThat(bearer.name()).isEqualTo("backend");
        });
        assertThat(node.tenancy.apiKeys().authenticate(sandbox))
                .hasValueSatisfying(bearer -> assertThat(bearer.environment()).isEqualTo(Environment.SANDBOX));
    }

    @Test
    void aRevokedKeyIsRefusedOneSecondLater() {
        String key = newKey();
        assertThat(works(key)).isTrue();

        revoke(key);
        node.time.advance(Duration.ofSeconds(1));

        assertThat(works(key)).isFalse();
    }

    @Test
    void aKeyInSteadyUseIsRefusedOneSecondAfterItsRevocation() {
        String key = newKey();
        for (int i = 0; i < 10; i++) {
            assertThat(works(key)).isTrue();
            node.time.advance(Duration.ofMillis(300));
        }

        revoke(key);
        node.time.advance(Duration.ofMillis(999));
        works(key);
        node.time.advance(Duration.ofMillis(1));

        assertThat(works(key)).isFalse();
    }

    @Test
    void aKeyEndsAtTheInstantOfItsExpiry() {
        String key = newKey();
        expire(key, node.time.instant().plusSeconds(60));
        assertThat(works(key)).isTrue();

        node.time.advance(Duration.ofMillis(59_999));
        assertThat(works(key)).isTrue();

        node.time.advance(Duration.ofMillis(1));
        assertThat(works(key)).isFalse();
    }

    @Test
    void theOldKeyWorksUntilItIsRevokedAndTheNewOneAfterwards() {
        String old = newKey();
        String fresh = newKey();
        assertThat(works(old)).isTrue();
        assertThat(works(fresh)).isTrue();

        revoke(old);
        node.time.advance(Duration.ofSeconds(1));

        assertThat(works(old)).isFalse();
        assertThat(works(fresh)).isTrue();
    }

    @Test
    void aKnownKeyIsRecognizedWithoutTheDatabase() {
        String key = newKey();
        assertThat(works(key)).isTrue();
        node.database.close();

        node.time.advance(Duration.ofMillis(499));

        assertThat(works(key)).isTrue();
    }

    @Test
    void anUnknownKeyIsLookedUpOnce() {
        String unknown = "hb_test_" + "x".repeat(32);
        assertThat(works(unknown)).isFalse();
        node.database.close();

        assertThat(works(unknown)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hb_test_",
                "hb_test_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "hb_test_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "hb_test_xxxxxxxxxxxxxxxx_xxxxxxxxxxxxxxx",
                "hb_none_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "HB_TEST_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "hb_test_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\u00e4"
            })
    void aMalformedKeyNeverReachesTheDatabase(String malformed) {
        node.database.close();

        assertThat(works(malformed)).isFalse();
    }

    @Test
    void manyCallersWithOneKeyShareOneReading() throws Exception {
        String key = newKey();
        List<Callable<Boolean>> calls = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            calls.add(() -> works(key));
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> call : threads.invokeAll(calls)) {
                assertThat(call.get()).isTrue();
            }
        }
    }

    @Test
    void theTimeOfUseIsKeptAtMostOnceAMinute() {
        String key = newKey();
        Instant first = node.time.instant();
        works(key);
        node.time.advance(Duration.ofSeconds(59));
        works(key);
        node.tenancy.close();
        assertThat(lastUsed(key)).isEqualTo(first);

        node.time.advance(Duration.ofSeconds(1));
        works(key);
        node.tenancy.close();
        assertThat(lastUsed(key)).isEqualTo(first.plusSeconds(60));
    }

    @Test
    void onlyTheHashOfAKeyIsStored() {
        String key = newKey();

        List<String> rows = node.database.query(
                h -> h.createQuery("SELECT t::text || encode(t.hash, 'escape') FROM tenancy.token t")
                        .mapTo(String.class)
                        .list());
        List<String> entries = node.database.query(h -> h.createQuery("SELECT e::text FROM tenancy.audit_entry e")
                .mapTo(String.class)
                .list());

        assertThat(rows).hasSize(1).noneMatch(row -> row.contains(key.substring(8)));
        assertThat(entries).isNotEmpty().noneMatch(row -> row.contains(key.substring(8)));
    }

    private String newKey() {
        return node.tenancy.issueApiKey(organization, Environment.SANDBOX, "test");
    }

    private boolean works(String key) {
        return node.tenancy.apiKeys().authenticate(key).isPresent();
    }

    private UUID id(String key) {
        return node.database.query(
                h -> TokenStore.find(h, TokenHash.of(key)).orElseThrow().id());
    }

    private void revoke(String key) {
        UUID id = id(key);
        assertThat(node.database.<Boolean>transact(h -> TokenStore.revoke(h, id, node.time.instant())))
                .isTrue();
    }

    private void expire(String key, Instant at) {
        UUID id = id(key);
        node.database.query(h -> h.execute("UPDATE tenancy.token SET expires_at = ? WHERE id = ?", at, id));
    }

    private @Nullable Instant lastUsed(String key) {
        return node.database.query(
                h -> TokenStore.find(h, TokenHash.of(key)).orElseThrow().lastUsedAt());
    }
}
