package dev.breakwater.events.webhook;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.net.AddressGuard;
import dev.breakwater.kernel.net.Network;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookUrlTest {

    private static final AddressGuard STRICT = new AddressGuard(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.example.com/harbor/webhooks",
                "HTTPS://API.EXAMPLE.COM",
                "https://example.com:8443/a?b=c%20d",
                "https://example.com./hook",
                "https://xn--bcher-kva.example/",
                "https://8.8.8.8/hook",
                "https://[2606:4700::1111]/hook"
            })
    void acceptsAbsoluteHttpsUrls(String url) {
        assertThatCode(() -> WebhookUrl.check(url, false, STRICT)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "example.com",
                "/hook",
                "http://example.com/",
                "ftp://example.com/",
                "https:///hook",
                "https:example.com",
                "https://user@example.com/",
                "https://user:pw@example.com/",
                "https://@example.com/",
                "https://example.com/#top",
                "https://example.com:0/",
                "https://example.com:65536/",
                "https://example.com:/",
                "https://exa mple.com/",
                "https://exämple.com/",
                "https://a..b/",
                "https://-a.example/",
                "https://example.com\\@127.0.0.1/",
                "https://example.com/\n",
                "https://%31%32%37.0.0.1/",
                "https://１２７.0.0.1/"
            })
    void refusesEverythingElse(String url) {
        refused(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.0.0.1.",
                "127.1",
                "127.0.1",
                "2130706433",
                "017700000001",
                "0177.0.0.1",
                "0x7f.0.0.1",
                "0x7f000001",
                "0x7f.1",
                "0X7F.0x0.0x0.0x1",
                "10.0.0.1",
                "169.254.169.254",
                "2852039166",
                "0xa9fea9fe",
                "0251.0376.0251.0376",
                "192.168.0.1",
                "0.0.0.0",
                "0",
                "localhost",
                "LOCALHOST.",
                "app.localhost",
                "example.0x7f",
                "1.2.3.4.5",
                "256.1.1.1",
                "[::1]",
                "[::]",
                "[::ffff:127.0.0.1]",
                "[::ffff:7f00:1]",
                "[::127.0.0.1]",
                "[fd00:ec2::254]",
                "[fe80::1%25eth0]",
                "[64:ff9b::7f00:1]",
                "[2002:7f00:1::]",
                "[0:0:0:0:0:ffff:169.254.169.254]"
            })
    void refusesPrivateAddressesInEverySpelling(String host) {
        refused("https://" + host + "/hook");
    }

    @Property
    void refusesEverySpellingOfLoopbackAsOneNumber(@ForAll int low) {
        long address = 0x7f00_0000L | (low & 0xff_ffff);
        refused("https://" + address + "/");
        refused("https://0x" + Long.toHexString(address) + "/");
        refused("https://0" + Long.toOctalString(address) + "/");
    }

    @Test
    void refusesUrlsOfMoreThan2048Characters() {
        String longest = "https://example.com/" + "a".repeat(2_028);

        assertThatCode(() -> WebhookUrl.check(longest, false, STRICT)).doesNotThrowAnyException();
        refused(longest + "a");
    }

    @Test
    void anOperatorMayPermitPlainHttpAndPrivateNetworks() {
        AddressGuard guard = new AddressGuard(List.of(Network.parse("127.0.0.0/8")));

        assertThatCode(() -> WebhookUrl.check("http://127.0.0.1:3000/hook", true, guard))
                .doesNotThrowAnyException();
        assertThatCode(() -> WebhookUrl.check("http://localhost:3000/hook", true, guard))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> WebhookUrl.check("http://10.0.0.1/hook", true, guard))
                .isInstanceOf(Failure.Invalid.class);
    }

    private static void refused(String url) {
        assertThatThrownBy(() -> WebhookUrl.check(url, false, STRICT))
                .isInstanceOfSatisfying(
                        Failure.Invalid.class,
                        failure -> org.assertj.core.api.Assertions.assertThat(failure.param())
                                .isEqualTo("url"))
                .hasMessageStartingWith("Invalid value for url: ")
                .hasMessageEndingWith(".");
    }
}
