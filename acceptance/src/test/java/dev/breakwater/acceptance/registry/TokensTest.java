package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.Distribution.expectError;
import static dev.breakwater.acceptance.registry.Distribution.pushImage;
import static dev.breakwater.acceptance.registry.Distribution.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** registry.md, checklist H: authentication of the distribution API. */
@WithServer
class TokensTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final String SERVICE = "/service/token?service=harbor-registry";

    private final TestServer server;
    private final Distribution registry;
    private final Client anyone;
    private final Client admin;

    TokensTest(TestServer server) {
        this.server = server;
        registry = new Distribution(server);
        anyone = registry.anonymous();
        admin = registry.admin();
    }

    private String realm() {
        return "http://127.0.0.1:" + server.url().getPort() + "/service/token";
    }

    private static String challenge(Reply reply) {
        return reply.expect(401).header("WWW-Authenticate").orElseThrow();
    }

    @Test
    @Proves(contract = "registry", lines = 99)
    void nobody_is_sent_to_the_token_service() {
        for (String path : List.of("/v2/", "/v2")) {
            Reply reply = anyone.get(path);
            expectError(reply, 401, "UNAUTHORIZED");
            assertThat(challenge(reply)).isEqualTo("Bearer realm=\"" + realm() + "\",service=\"harbor-registry\"");
        }
        assertThat(admin.get("/v2/").expect(200).text()).isEqualTo("{}");
        assertThat(anyone.bearer(token(admin)).get("/v2").expect(200).text()).isEqualTo("{}");
    }

    @Test
    @Proves(contract = "registry", lines = 100)
    void every_answer_names_the_version_of_the_api() {
        String repository = registry.newRepository();
        byte[] manifest = pushImage(admin, repository, "v1");
        String at = "/v2/" + repository;
        List<Reply> replies = List.of(
                anyone.get("/v2/"),
                admin.get("/v2/"),
                admin.get("/v2/nowhere"),
                admin.get("/v2/_catalog"),
                admin.send("PUT", "/v2/_catalog"),
                admin.get("/v2/_oci/ext/discover"),
                admin.send("POST", at + "/blobs/uploads/"),
                admin.get(at + "/manifests/v1"),
                admin.send("HEAD", at + "/manifests/v2"),
                admin.get(at + "/blobs/" + Distribution.sha256(manifest)),
                admin.get(at + "/tags/list"),
                admin.get(at + "/referrers/" + Distribution.sha256(manifest)),
                admin.delete(at + "/manifests/v1"));
        assertThat(replies)
                .allSatisfy(reply -> assertThat(reply.header("Docker-Distribution-Api-Version"))
                        .contains("registry/2.0"));
    }

    @Test
    @Proves(
            contract = "registry",
            lines = {101, 102})
    void what_everybody_may_read_needs_a_token_that_everybody_gets() {
        String open = registry.newRepository(true);
        byte[] manifest = pushImage(admin, open, "v1");
        String scope = "repository:" + open + ":pull";
        assertThat(challenge(anyone.get("/v2/" + open + "/manifests/v1")))
                .isEqualTo("Bearer realm=\"" + realm() + "\",service=\"harbor-registry\",scope=\"" + scope + "\"");
        assertThat(access(token(anyone, scope))).isEqualTo(Map.of(open, List.of("pull")));
        assertThat(registry.bearer(anyone, scope)
                        .get("/v2/" + open + "/manifests/v1")
                        .expect(200)
                        .body())
                .isEqualTo(manifest);

        String closed = registry.newRepository();
        pushImage(admin, closed, "v1");
        String hidden = "repository:" + closed + ":pull";
        assertThat(access(token(anyone, hidden))).isEqualTo(Map.of(closed, List.of()));
        assertThat(access(token(anyone, "repository:nowhere/app:pull"))).isEqualTo(Map.of("nowhere/app", List.of()));
        expectError(registry.bearer(anyone, hidden).get("/v2/" + closed + "/manifests/v1"), 401, "UNAUTHORIZED");
    }

    @Test
    @Proves(contract = "registry", lines = 103)
    void an_answer_of_the_token_service_has_four_members() {
        Reply reply = admin.get(SERVICE + "&scope=repository:library/app:pull&account=admin&client_id=docker"
                        + "&offline_token=true")
                .expect(200);
        assertThat(reply.json().propertyNames()).containsExactly("token", "access_token", "expires_in", "issued_at");
        assertThat(reply.string("access_token")).isEqualTo(reply.string("token"));
        assertThat(reply.json().get("expires_in").asInt()).isEqualTo(1800);
        assertThat(reply.string("issued_at"))
                .isEqualTo(server.time()
                        .instant()
                        .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                        .toString());
    }

    @Test
    @Proves(contract = "registry", lines = 104)
    void only_this_service_is_handled() {
        Reply reply = admin.get("/service/token?service=other");
        ClassicApi.expectPlain(reply, 400, "Unable to handle service: other");
        admin.send("POST", SERVICE).expect(405);
    }

    @Test
    @Proves(contract = "registry", lines = 105)
    void nobody_asking_for_nothing_and_wrong_passwords_are_refused() {
        ClassicApi.expectPlain(anyone.get(SERVICE), 401, "");
        String open = registry.newRepository(true);
        Client wrong = registry.api().basic(registry.api().newUser().name(), "Wrong0000");
        ClassicApi.expectPlain(wrong.get(SERVICE + "&scope=repository:" + open + ":pull"), 401, "");
        ClassicApi.expectPlain(wrong.get(SERVICE), 401, "");
        ClassicApi.expectPlain(anyone.bearer("x").get(SERVICE), 401, "");
    }

    private static JsonNode part(String token, int number) {
        return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[number]));
    }

    /** The actions by name. */
    private static Map<String, List<String>> access(String token) {
        Map<String, List<String>> access = new java.util.LinkedHashMap<>();
        part(token, 1)
                .get("access")
                .forEach(entry -> access.put(
                        entry.get("name").asString(),
                        entry.get("actions")
                                .valueStream()
                                .map(JsonNode::asString)
                                .sorted()
                                .toList()));
        return access;
    }

    @Test
    @Proves(contract = "registry", lines = 106)
    void a_token_has_the_header_and_the_claims_that_registries_expect() {
        String token = token(admin, "repository:library/app:pull");
        JsonNode header = part(token, 0);
        assertThat(header.get("typ").asString()).isEqualTo("JWT");
        assertThat(header.get("alg").asString()).isEqualTo("RS256");
        assertThat(header.get("kid").asString()).matches("([A-Z2-7]{4}:){11}[A-Z2-7]{4}");
        JsonNode claims = part(token, 1);
        long now = server.time().instant().getEpochSecond();
        assertThat(claims.get("iss").asString()).isEqualTo("harbor-token-issuer");
        assertThat(claims.get("sub").asString()).isEqualTo("admin");
        assertThat(claims.get("aud").asString()).isEqualTo("harbor-registry");
        assertThat(claims.get("iat").asLong()).isEqualTo(now);
        assertThat(claims.get("nbf").asLong()).isEqualTo(now);
        assertThat(claims.get("exp").asLong()).isEqualTo(now + 1800);
        assertThat(claims.get("jti").asString()).matches("[A-Za-z0-9]{16}");
        assertThat(claims.get("access").get(0).get("type").asString()).isEqualTo("repository");
        assertThat(part(token(anyone, "repository:library/app:pull"), 1)
                        .get("sub")
                        .asString())
                .isEmpty();
    }

    /** What a registry does that was given the certificate: it finds the key by its name and verifies. */
    @Test
    void the_certificate_verifies_the_tokens() throws Exception {
        Reply reply = anyone.get("/service/token/certificate").expect(200);
        X509Certificate certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(reply.body()));
        certificate.verify(certificate.getPublicKey());
        String token = token(admin, "repository:library/app:pull");
        int end = token.lastIndexOf('.');
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(certificate);
        signature.update(token.substring(0, end).getBytes(StandardCharsets.US_ASCII));
        assertThat(signature.verify(Base64.getUrlDecoder().decode(token.substring(end + 1))))
                .isTrue();

        byte[] hash = MessageDigest.getInstance("SHA-256")
                .digest(certificate.getPublicKey().getEncoded());
        StringBuilder bits = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            bits.append(Integer.toBinaryString(256 + (hash[i] & 255)).substring(1));
        }
        StringBuilder kid = new StringBuilder();
        for (int i = 0; i < 240; i += 5) {
            kid.append(i > 0 && i % 20 == 0 ? ":" : "")
                    .append("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".charAt(Integer.parseInt(bits.substring(i, i + 5), 2)));
        }
        assertThat(part(token, 0).get("kid").asString()).isEqualTo(kid.toString());
    }

    @Test
    @Proves(contract = "registry", lines = 108)
    void scopes_may_be_repeated_or_joined() {
        Map<String, List<String>> expected = Map.of("library/a", List.of("pull"), "library/b", List.of("pull", "push"));
        String a = "repository:library/a:pull";
        String b = "repository(plugin):library/b:push";
        assertThat(access(token(admin, a, b))).isEqualTo(expected);
        assertThat(access(token(admin, a + " " + b))).isEqualTo(expected);
    }

    @Test
    void what_is_no_scope_is_granted_nothing() {
        assertThat(access(token(admin, "repository", "::", "repository:library/a", "a b c")))
                .isEmpty();
        assertThat(access(token(admin, "repository:ONE:pull", "gadget:library/a:pull", "repository:host:80/a:pull")))
                .isEqualTo(Map.of("ONE", List.of(), "library/a", List.of(), "host:80/a", List.of()));
    }

    @Test
    @Proves(
            contract = "registry",
            lines = {109, 110})
    void each_role_gets_what_it_may_do_of_what_it_asked_for() {
        String project = ClassicApi.fresh("roles");
        long id = registry.api().newProject(admin, project, false);
        String name = project + "/app";
        Map<Integer, List<String>> granted = Map.of(
                1, List.of("delete", "pull", "push"),
                2, List.of("pull", "push"),
                3, List.of("pull"),
                4, List.of("delete", "pull", "push"),
                5, List.of("pull"));
        granted.forEach((role, actions) -> {
            ClassicApi.User user = registry.api().newUser();
            registry.api().join(id, user, Math.min(role, 3));
            Keys.setRole(server, id, user.id(), role);
            assertThat(access(token(user.client(), "repository:" + name + ":*")))
                    .isEqualTo(Map.of(name, actions));
            assertThat(access(token(user.client(), "repository:" + name + ":delete,push,pull")))
                    .isEqualTo(Map.of(name, actions));
            List<String> pushing =
                    actions.stream().filter(action -> !action.equals("delete")).toList();
            assertThat(access(token(user.client(), "repository:" + name + ":push")))
                    .isEqualTo(Map.of(name, pushing));
            assertThat(access(token(user.client(), "repository:" + name + ":pull")))
                    .isEqualTo(Map.of(name, List.of("pull")));
        });
        assertThat(access(token(admin, "repository:" + name + ":*")))
                .isEqualTo(Map.of(name, List.of("delete", "pull", "push")));
        assertThat(access(token(registry.api().newUser().client(), "repository:" + name + ":*")))
                .isEqualTo(Map.of(name, List.of()));
    }

    @Test
    @Proves(contract = "registry", lines = 111)
    void tokens_that_are_not_ours_or_not_valid_now_are_refused() throws Exception {
        String repository = registry.newRepository();
        pushImage(admin, repository, "v1");
        String target = "/v2/" + repository + "/manifests/v1";
        String scope = "repository:" + repository + ":pull";
        String good = token(admin, scope);
        anyone.bearer(good).get(target).expect(200);

        String[] parts = good.split("\\.", -1);
        List<String> bad = new ArrayList<>();
        ObjectNode claims = (ObjectNode) part(good, 1);
        String grown = encode(claims.deepCopy().put("sub", "other"));
        bad.add(parts[0] + "." + grown + "." + parts[2]);
        bad.add(parts[0] + "." + parts[1] + ".");
        bad.add(parts[0] + "." + parts[1]);
        bad.add(parts[0] + "." + parts[1] + "." + ENCODER.encodeToString(new byte[256]));
        bad.add(good + "A");
        bad.add(good + ".");
        bad.add("");
        bad.add("..");
        for (String algorithm : List.of("none", "None", "HS256", "RS512")) {
            String header = encode(((ObjectNode) part(good, 0)).put("alg", algorithm));
            bad.add(header + "." + parts[1] + ".");
            bad.add(header + "." + parts[1] + "." + parts[2]);
        }
        // Whoever has only the certificate can neither sign with it as a secret nor with a key of his own.
        PrivateKey own = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate();
        bad.add(signed(parts[0] + "." + parts[1], own));
        bad.add(signed(parts[0] + "." + encode(claims.deepCopy().put("aud", "other")), own));
        for (String token : bad) {
            assertThat(challenge(anyone.bearer(token).get(target))).as(token).contains("scope=\"" + scope + "\"");
        }
        for (ObjectNode wrong : List.of(
                claims.deepCopy().put("iss", "other"),
                claims.deepCopy().put("aud", "other"),
                claims.deepCopy().put("nbf", claims.get("nbf").asLong() + 61))) {
            assertThat(challenge(anyone.bearer(Keys.signed(server, wrong)).get(target)))
                    .as(wrong.toString())
                    .contains(scope);
        }
        anyone.bearer(Keys.signed(
                        server, claims.deepCopy().put("nbf", claims.get("nbf").asLong() + 60)))
                .get(target)
                .expect(200);

        server.advance(Duration.ofSeconds(1800 + 59));
        anyone.bearer(good).get(target).expect(200);
        server.advance(Duration.ofSeconds(1));
        assertThat(challenge(anyone.bearer(good).get(target))).contains(scope);
    }

    private static String encode(JsonNode node) {
        return ENCODER.encodeToString(JSON.writeValueAsBytes(node));
    }

    private static String signed(String content, PrivateKey key) throws Exception {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + ENCODER.encodeToString(signature.sign());
    }

    @Test
    @Proves(contract = "registry", lines = 112)
    void a_token_for_reading_does_not_write() {
        String repository = registry.newRepository();
        Client reader = registry.bearer(admin, "repository:" + repository + ":pull");
        assertThat(challenge(reader.send("POST", "/v2/" + repository + "/blobs/uploads/")))
                .contains("scope=\"repository:" + repository + ":pull,push\"");
        assertThat(challenge(reader.delete("/v2/" + repository + "/manifests/v1")))
                .contains("scope=\"repository:" + repository + ":delete\"");
        assertThat(challenge(reader.send(
                        "POST",
                        "/v2/" + repository + "/blobs/uploads/?mount=" + Distribution.sha256(new byte[1])
                                + "&from=library/a")))
                .contains("scope=\"repository:" + repository + ":pull,push repository:library/a:pull\"");
    }

    @Test
    void who_may_no_longer_push_does_not_push_with_an_old_token() {
        String project = ClassicApi.fresh("former");
        long id = registry.api().newProject(admin, project, false);
        ClassicApi.User user = registry.api().newUser();
        registry.api().join(id, user, 1);
        String name = project + "/app";
        Client pusher = registry.bearer(user.client(), "repository:" + name + ":*");
        byte[] manifest = pushImage(pusher, name, "v1");
        String begun = Distribution.begin(pusher, name);

        admin.delete("/api/projects/" + id + "/members/" + user.id()).expect(200);
        pusher.get("/v2/" + name + "/manifests/v1").expect(200);
        expectError(pusher.send("POST", "/v2/" + name + "/blobs/uploads/"), 401, "UNAUTHORIZED");
        expectError(
                Distribution.send(pusher, "PUT", begun + "?digest=" + Distribution.sha256(new byte[1]), new byte[1]),
                401,
                "UNAUTHORIZED");
        expectError(
                Distribution.pushManifest(pusher, name, "v2", Distribution.OCI_MANIFEST, manifest),
                401,
                "UNAUTHORIZED");
        expectError(pusher.delete("/v2/" + name + "/manifests/v1"), 401, "UNAUTHORIZED");
    }

    @Test
    void wrong_credentials_are_asked_for_again() {
        Reply reply = registry.api().basic("nobody", "Wrong0000").get("/v2/");
        expectError(reply, 401, "UNAUTHORIZED");
        assertThat(challenge(reply)).isEqualTo("Basic realm=\"harbor\"");
        String closed = registry.newRepository();
        assertThat(challenge(registry.api().newUser().client().get("/v2/" + closed + "/tags/list")))
                .isEqualTo("Basic realm=\"harbor\"");
        admin.get("/v2/").expect(200);
    }

    @Test
    @Proves(contract = "registry", lines = 114)
    void the_realm_is_where_the_caller_is() {
        Pattern realm = Pattern.compile("realm=\"([^\"]*)\"");
        Map<String, String> expected = Map.of(
                "hub.example.org", "http://hub.example.org/service/token",
                "hub.example.org:5000", "http://hub.example.org:5000/service/token",
                "[::1]:80", "http://[::1]:80/service/token");
        expected.forEach((host, url) -> {
            Matcher found = realm.matcher(challenge(anyone.host(host).get("/v2/")));
            assertThat(found.find()).isTrue();
            assertThat(found.group(1)).isEqualTo(url);
        });
        assertThat(challenge(anyone.host("hub.example.org")
                        .with("X-Forwarded-Proto", "https")
                        .get("/v2/")))
                .contains("realm=\"https://hub.example.org/service/token\"");
    }

    @Test
    @Proves(contract = "registry", lines = 115)
    void the_catalog_is_for_administrators() {
        ClassicApi.User user = registry.api().newUser();
        String scope = "registry:catalog:*";
        assertThat(access(token(admin, scope))).isEqualTo(Map.of("catalog", List.of("*")));
        assertThat(access(token(user.client(), scope))).isEqualTo(Map.of("catalog", List.of()));
        registry.bearer(admin, scope).get("/v2/_catalog").expect(200);
        admin.get("/v2/_catalog").expect(200);
        for (Client refused : List.of(anyone, user.client(), registry.bearer(user.client(), scope))) {
            assertThat(challenge(refused.get("/v2/_catalog"))).isEqualTo("Basic realm=\"harbor\"");
        }
    }
}
