package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.CurrentApi.API;
import static dev.breakwater.acceptance.registry.CurrentApi.each;
import static dev.breakwater.acceptance.registry.CurrentApi.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users in {@code /api/v2.0}. */
@WithServer
class CurrentUsersTest {

    private static final String WEAK =
            "the password or secret must be 8-128, inclusively, characters long with at least"
                    + " 1 uppercase letter, 1 lowercase letter and 1 number";

    private final CurrentApi api;

    CurrentUsersTest(TestServer server) {
        api = new CurrentApi(server);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Passw0r", "passw0rd", "PASSW0RD", "Password"})
    void passwords_must_be_hard_to_guess(String password) {
        assertThat(error(
                        api.admin().post(API + "/users", CurrentApi.user(CurrentApi.fresh("weak"), password)),
                        400,
                        "BAD_REQUEST"))
                .isEqualTo(WEAK);
    }

    @Test
    @Proves(contract = "registry", lines = 211)
    void passwords_are_changed_by_those_who_know_them_and_nobody_deletes_oneself() {
        CurrentApi.User user = api.newUser();
        String password = API + "/users/" + user.id() + "/password";
        String change = "{\"old_password\": \"%s\", \"new_password\": \"%s\"}";

        assertThat(error(
                        api.admin().post(API + "/users", CurrentApi.user(CurrentApi.fresh("weak"), "password")),
                        400,
                        "BAD_REQUEST"))
                .isEqualTo(WEAK);
        assertThat(error(user.client().put(password, change.formatted("wrong", "Passw0rd2")), 403, "FORBIDDEN"))
                .isEqualTo("Current password is incorrect");
        assertThat(error(user.client().put(password, change.formatted("Passw0rd1", "Passw0rd1")), 400, "BAD_REQUEST"))
                .isEqualTo("New password is identical to old password");
        assertThat(error(user.client().put(password, change.formatted("Passw0rd1", "short")), 400, "BAD_REQUEST"))
                .isEqualTo(WEAK);
        user.client().put(password, change.formatted("Passw0rd1", "Passw0rd2")).expect(200);
        error(user.client().get(API + "/users/current"), 401, "UNAUTHORIZED");
        api.basic(user.name(), "Passw0rd2").get(API + "/users/current").expect(200);
        api.admin().put(password, "{\"new_password\": \"Passw0rd3\"}").expect(200);

        assertThat(error(api.admin().delete(API + "/users/1"), 403, "FORBIDDEN"))
                .isEqualTo("User with ID 1 cannot be deleted");
        CurrentApi.User other = api.newUser();
        api.admin()
                .put(API + "/users/" + other.id() + "/sysadmin", "{\"sysadmin_flag\": true}")
                .expect(200);
        error(other.client().delete(API + "/users/" + other.id()), 403, "FORBIDDEN");
        other.client().delete(API + "/users/" + user.id()).expect(200);
        error(api.admin().get(API + "/users/" + user.id()), 404, "NOT_FOUND");
    }

    @Test
    void users_see_themselves_and_administrators_everybody() {
        CurrentApi.User user = api.newUser();
        CurrentApi.User other = api.newUser();
        Client admin = api.admin();

        assertThat(user.client()
                        .get(API + "/users/current")
                        .expect(200)
                        .json()
                        .get("user_id")
                        .asLong())
                .isEqualTo(user.id());
        user.client().get(API + "/users/" + user.id()).expect(200);
        error(user.client().get(API + "/users/" + other.id()), 403, "FORBIDDEN");
        error(user.client().get(API + "/users"), 403, "FORBIDDEN");
        error(api.anonymous().get(API + "/users/current"), 401, "UNAUTHORIZED");
        assertThat(each(admin.get(API + "/users?q=username%3D~" + user.name()), "username"))
                .containsExactly(user.name());
        assertThat(each(admin.get(API + "/users?page=1&page_size=100"), "username"))
                .doesNotContain("admin");
        assertThat(each(user.client().get(API + "/users/search?username=" + other.name()), "username"))
                .containsExactly(other.name());
        user.client()
                .put(API + "/users/" + user.id(), """
                        {"email": "%s@example.net", "realname": "Ada", "comment": "c"}""".formatted(user.name()))
                .expect(200);
        assertThat(admin.get(API + "/users/" + user.id()).expect(200).string("realname"))
                .isEqualTo("Ada");
        error(
                user.client().put(API + "/users/" + user.id() + "/sysadmin", "{\"sysadmin_flag\": true}"),
                403,
                "FORBIDDEN");
        error(admin.post(API + "/users", CurrentApi.user(user.name(), "Passw0rd1")), 409, "CONFLICT");
        error(admin.post(API + "/users", CurrentApi.user("a,b", "Passw0rd1")), 400, "BAD_REQUEST");
        assertThat(error(api.anonymous().post(API + "/users", CurrentApi.user("x", "Passw0rd1")), 401, "UNAUTHORIZED"))
                .isEqualTo("unauthorized");
    }
}
