package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.ClassicApi.expectLine;
import static dev.breakwater.acceptance.registry.ClassicApi.expectPlain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** registry.md, checklist G: system and configuration of the 2017 API. */
@WithServer
class ClassicSystemTest {

    private final ClassicApi api;
    private final Client admin;

    ClassicSystemTest(TestServer server) {
        api = new ClassicApi(server);
        admin = api.admin();
    }

    @AfterEach
    void back_to_the_installation() {
        admin.send("POST", "/api/configurations/reset").expect(200);
    }

    @Test
    @Proves(contract = "registry", lines = 89)
    void everybody_may_know_something_of_the_system() {
        JsonNode info = api.anonymous().get("/api/systeminfo").expect(200).json();

        assertThat(info.propertyNames())
                .containsExactly(
                        "with_notary",
                        "with_clair",
                        "with_admiral",
                        "admiral_endpoint",
                        "auth_mode",
                        "registry_url",
                        "project_creation_restriction",
                        "self_registration",
                        "has_ca_root",
                        "harbor_version",
                        "next_scan_all");
        assertThat(info.get("with_notary").asBoolean()).isFalse();
        assertThat(info.get("admiral_endpoint").asString()).isEqualTo("NA");
        assertThat(info.get("auth_mode").asString()).isEqualTo("db_auth");
        assertThat(info.get("registry_url").asString()).matches("127\\.0\\.0\\.1:[0-9]+");
        assertThat(info.get("project_creation_restriction").asString()).isEqualTo("everyone");
        assertThat(info.get("self_registration").asBoolean()).isFalse();
    }

    @Test
    @Proves(contract = "registry", lines = 90)
    void administration_is_for_administrators() {
        ClassicApi.User user = api.newUser();
        for (String path : List.of(
                "/api/systeminfo/volumes",
                "/api/systeminfo/getcert",
                "/api/configurations",
                "/api/targets",
                "/api/policies/replication",
                "/api/jobs/replication")) {
            expectLine(api.anonymous().get(path), 401, "");
            expectLine(user.client().get(path), 403, "");
        }
        for (String path : List.of(
                "/api/systeminfo/volumes", "/api/configurations", "/api/targets", "/api/policies/replication")) {
            admin.get(path).expect(200);
        }
        expectPlain(admin.get("/api/systeminfo/getcert"), 404, "No certificate found.");
        admin.send("POST", "/api/internal/syncregistry").expect(200);
        expectLine(api.anonymous().send("POST", "/api/internal/syncregistry"), 401, "");
        expectLine(user.client().send("POST", "/api/internal/syncregistry"), 403, "");
    }

    @Test
    @Proves(contract = "registry", lines = 91)
    void volumes_tell_how_much_room_there_is() {
        JsonNode storage =
                admin.get("/api/systeminfo/volumes").expect(200).json().get("storage");

        assertThat(storage.propertyNames()).containsExactly("total", "free");
        assertThat(storage.get("free").asLong()).isPositive();
        assertThat(storage.get("total").asLong())
                .isGreaterThanOrEqualTo(storage.get("free").asLong());
    }

    @Test
    @Proves(contract = "registry", lines = 92)
    void each_key_has_a_value_and_says_whether_it_can_be_changed() {
        admin.put("/api/configurations", """
                        {"ldap_search_password": "s3cret-ldap", "email_password": "s3cret-mail"}""").expect(200);

        String text = admin.get("/api/configurations").expect(200).text();
        JsonNode all = admin.get("/api/configurations").json();
        assertThat(List.copyOf(all.propertyNames())).isSorted().contains("auth_mode", "scan_all_policy", "email_port");
        for (JsonNode each : all) {
            assertThat(each.propertyNames()).containsExactly("value", "editable");
        }
        assertThat(all.at("/auth_mode/editable").isBoolean()).isTrue();
        assertThat(all.at("/scan_all_policy/value/type").asString()).isEqualTo("none");
        assertThat(text).doesNotContain("s3cret").doesNotContain("password");
    }

    @Test
    @Proves(contract = "registry", lines = 93)
    void what_makes_no_sense_is_refused_in_the_words_of_2017() {
        api.newUser();
        refuse("{\"ldap_url\": 5}", "Invalid value type, expected string, key: ldap_url, value: 5, type: float64");
        refuse(
                "{\"token_expiration\": \"x\"}",
                "Invalid value type, expected float64, key: token_expiration, value: x, type: string");
        refuse(
                "{\"self_registration\": 1}",
                "Invalid value type, expected bool, key: self_registration, value: 1, type: float64");
        refuse("{\"auth_mode\": \"magic\"}", "invalid auth_mode, shoud be db_auth or ldap_auth");
        refuse(
                "{\"auth_mode\": \"ldap_auth\"}",
                "auth_mode can not be modified as new users have been inserted into database");
        refuse("{\"email_port\": -1}", "invalid email_port: -1");
        refuse("{\"email_port\": 65536}", "invalid email_port: 65536");
        refuse("{\"ldap_url\": \"\"}", "ldap_url is empty");
        refuse("{\"ldap_scope\": 4}", "invalid ldap_scope, should be 1, 2 or 3");
        refuse(
                "{\"project_creation_restriction\": \"nobody\"}",
                "invalid project_creation_restriction, should be adminonly or everyone");
        admin.put("/api/configurations", "{\"no_such_key\": {\"x\": 1}}").expect(200);
        try (TestServer fresh = TestServer.start(java.util.Map.of())) {
            expectPlain(
                    new ClassicApi(fresh).admin().put("/api/configurations", "{\"auth_mode\": \"ldap_auth\"}"),
                    400,
                    "ldap_url is missing");
        }
    }

    private void refuse(String body, String text) {
        expectPlain(admin.put("/api/configurations", body), 400, text);
    }

    @Test
    @Proves(contract = "registry", lines = 94)
    void a_reset_goes_back_to_the_installation() {
        admin.put("/api/configurations", """
                        {"token_expiration": 5, "self_registration": true, "ldap_scope": 3,
                         "scan_all_policy": {"type": "daily", "parameter": {"daily_time": 3600}}}""").expect(200);
        JsonNode changed = admin.get("/api/configurations").json();
        assertThat(changed.at("/token_expiration/value").asInt()).isEqualTo(5);
        assertThat(changed.at("/self_registration/value").asBoolean()).isTrue();
        assertThat(changed.at("/ldap_scope/value").asInt()).isEqualTo(3);
        assertThat(changed.at("/scan_all_policy/value/parameter/daily_time").asInt())
                .isEqualTo(3600);

        admin.send("POST", "/api/configurations/reset").expect(200);

        JsonNode back = admin.get("/api/configurations").json();
        assertThat(back.at("/token_expiration/value").asInt()).isEqualTo(30);
        assertThat(back.at("/self_registration/value").asBoolean()).isFalse();
        assertThat(back.at("/scan_all_policy/value/type").asString()).isEqualTo("none");
    }
}
