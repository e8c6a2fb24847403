package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.ClassicApi.expectLine;
import static dev.breakwater.acceptance.registry.ClassicApi.expectPlain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import org.junit.jupiter.api.Test;

/** registry.md, checklist E: members of the 2017 API. */
@WithServer
class ClassicMembersTest {

    private final ClassicApi api;
    private final Client admin;
    private final long project;
    private final String path;

    ClassicMembersTest(TestServer server) {
        api = new ClassicApi(server);
        admin = api.admin();
        project = api.newProject(false);
        path = "/api/projects/" + project + "/members/";
    }

    private Reply add(String username, String roles) {
        return admin.post(path, "{\"username\": \"%s\", \"roles\": %s}".formatted(username, roles));
    }

    @Test
    @Proves(
            contract = "registry",
            lines = {60, 61})
    void a_member_is_added_once() {
        ClassicApi.User user = api.newUser();

        assertThat(add(user.name(), "[2]").expect(200).body()).isEmpty();
        expectLine(add(user.name(), "[2]"), 409, "user is ready in project");
        expectLine(add(user.name(), "[1, 2]"), 409, "user is ready in project");
    }

    @Test
    @Proves(contract = "registry", lines = 62)
    void a_member_is_a_user_with_one_role() {
        ClassicApi.User user = api.newUser();

        expectLine(add("nobody-like-that", "[9]"), 404, "User does not exist");
        expectPlain(add(user.name(), "[1, 2]"), 400, "only one role is supported");
        expectPlain(add(user.name(), "[]"), 400, "only one role is supported");
        for (String role : new String[] {"9", "0", "-1", "4", "9223372036854775807"}) {
            expectPlain(add(user.name(), "[" + role + "]"), 400, "invalid role");
        }
    }

    @Test
    @Proves(contract = "registry", lines = 63)
    void another_role_holds_at_once() {
        ClassicApi.User user = api.newUser();
        add(user.name(), "[1]").expect(200);
        user.client()
                .put("/api/projects/" + project + "/publicity", "{\"public\": 0}")
                .expect(200);

        admin.put(path + user.id(), "{\"roles\": [3]}").expect(200);

        expectLine(user.client().put("/api/projects/" + project + "/publicity", "{\"public\": 0}"), 403, "");
        assertThat(admin.get(path + user.id()).expect(200).text()).isEqualTo("""
                {
                  "roles": [
                    {
                      "role_id": 3,
                      "role_code": "RS",
                      "role_name": "guest",
                      "role_mask": 0
                    }
                  ],
                  "user_id": %d,
                  "username": "%s"
                }""".formatted(user.id(), user.name()));
        expectPlain(admin.put(path + user.id(), "{\"roles\": []}"), 400, "only one role is supported");
        expectPlain(admin.put(path + user.id(), "{}"), 400, "only one role is supported");
        expectPlain(admin.put(path + user.id(), "{\"roles\": [7]}"), 400, "invalid role");
        expectLine(admin.put(path + api.newUser().id(), "{\"roles\": [1]}"), 404, "user not exist in project");
    }

    @Test
    @Proves(contract = "registry", lines = 64)
    void a_member_can_be_removed_twice() {
        ClassicApi.User user = api.newUser();
        add(user.name(), "[2]").expect(200);

        admin.delete(path + user.id()).expect(200);
        admin.delete(path + user.id()).expect(200);

        expectPlain(admin.get(path + user.id()), 404, "user %d is not a member of the project".formatted(user.id()));
        expectLine(user.client().get("/api/projects/" + project), 403, "");
    }

    @Test
    @Proves(contract = "registry", lines = 65)
    void guests_see_members_and_add_none() {
        ClassicApi.User guest = api.newUser();
        add(guest.name(), "[3]").expect(200);

        assertThat(guest.client().get(path).expect(200).text()).isEqualTo("""
                [
                  {
                    "user_id": 1,
                    "username": "admin",
                    "role_name": "projectAdmin",
                    "role_id": 1
                  },
                  {
                    "user_id": %d,
                    "username": "%s",
                    "role_name": "guest",
                    "role_id": 3
                  }
                ]""".formatted(guest.id(), guest.name()));
        assertThat(guest.client()
                        .get(path + "?username=" + guest.name())
                        .expect(200)
                        .json())
                .hasSize(1);
        expectLine(api.anonymous().get(path), 401, "");
        expectLine(guest.client().post(path, "{\"username\": \"admin\", \"roles\": [1]}"), 403, "");
        expectLine(api.newUser().client().get(path), 403, "");
    }

    @Test
    void checks_come_in_their_order() {
        expectLine(api.anonymous().get("/api/projects/0/members"), 401, "");
        expectLine(admin.get("/api/projects/0/members"), 400, "invalid project ID: 0");
        expectLine(admin.get("/api/projects/987654/members"), 404, "project 987654 not found");
        expectLine(admin.get(path + "0"), 400, "invalid member ID: 0");
        expectLine(admin.get(path + "987654"), 404, "member 987654 not found");
        // An administrator has the highest role everywhere, member or not.
        assertThat(admin.get(path + "1")
                        .expect(200)
                        .json()
                        .at("/roles/0/role_id")
                        .asInt())
                .isEqualTo(1);
    }
}
