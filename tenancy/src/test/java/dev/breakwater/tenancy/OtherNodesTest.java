package dev.breakwater.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.kernel.identity.Environment;
import dev.breakwater.tenancy.token.TokenHash;
import dev.breakwater.tenancy.token.TokenStore;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** What one node changes, the others know. */
class OtherNodesTest {

    @Test
    void aRevocationIsHeardOnAnotherNodeBeforeItsClockMoves() throws Exception {
        try (TestNode here = TestNode.onEmptyDatabase();
                TestNode there = here.another(TenancySettings.defaults())) {
            String key = key(here);
            there.notifications.start();
            assertThat(there.tenancy.apiKeys().authenticate(key)).isPresent();

            revoke(here, key);

            await(() -> there.tenancy.apiKeys().authenticate(key).isEmpty());
        }
    }

    @Test
    void aRevocationHoldsOnANodeThatHearsNothingAfterASecond() {
        try (TestNode here = TestNode.onEmptyDatabase();
                TestNode deaf = here.another(TenancySettings.defaults())) {
            String key = key(here);
            assertThat(deaf.tenancy.apiKeys().authenticate(key)).isPresent();

            revoke(here, key);
            here.time.advance(Duration.ofSeconds(1));

            assertThat(deaf.tenancy.apiKeys().authenticate(key)).isEmpty();
        }
    }

    @Test
    void allNodesUseOneKeyForTheSecretsOfAnOrganization() {
        try (TestNode here = TestNode.onEmptyDatabase();
                TestNode there = here.another(TenancySettings.defaults())) {
            UUID organization = here.tenancy.start().organization();
            byte[] context = {1};
            byte[] secret = {42};

            byte[] encrypted = here.tenancy.organizationKeys().of(organization).encrypt(secret, context);

            assertThat(there.tenancy.organizationKeys().of(organization).decrypt(encrypted, context))
                    .isEqualTo(secret);
        }
    }

    private static String key(TestNode node) {
        return node.tenancy.issueApiKey(node.tenancy.start().organization(), Environment.LIVE, "key");
    }

    private static void revoke(TestNode node, String key) {
        node.database.transact(handle -> TokenStore.revoke(
                handle, TokenStore.find(handle, TokenHash.of(key)).orElseThrow().id(), node.time.instant()));
    }

    @FunctionalInterface
    private interface Condition {
        boolean holds();
    }

    private static void await(Condition condition) throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            while (!condition.holds() && !done.isDone()) {
                Thread.onSpinWait();
            }
            done.complete(true);
        });
        try {
            assertThat(done.get(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            done.cancel(false);
        }
    }
}
