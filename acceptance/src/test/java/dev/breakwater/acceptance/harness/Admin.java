package dev.breakwater.acceptance.harness;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** The administrator of a fresh installation, working through the administrative API. */
public final class Admin {

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Client client;

    Admin(Client administrator) {
        client = administrator;
    }

    /** The administrative API itself. */
    public Client client() {
        return client;
    }

    /** Makes an organization and returns its id. */
    public String newOrganization() {
        int number = NAMES.incrementAndGet();
        return newOrganization("acme_" + number, "Acme " + number);
    }

    /** Makes an organization with a name of its own and returns its id. */
    public String newOrganization(String identifier, String name) {
        return client.post("/admin/v1/organizations", """
                        {"identifier": "%s", "name": "%s"}""".formatted(identifier, name))
                .expect(201)
                .string("id");
    }

    /** Makes a workspace with a name of its own, in {@code sandbox} or {@code live}, and returns its id. */
    public String newWorkspace(String organization, String environment, String name) {
        return client.post("/admin/v1/workspaces", """
                        {"organization_id": "%s", "environment": "%s", "name": "%s"}""".formatted(organization, environment, name))
                .expect(201)
                .string("id");
    }

    /** Makes somebody who has no role yet, and returns the id. */
    public String newUser(String username, String password) {
        return client.post("/admin/v1/users", """
                        {"username": "%s", "password": "%s"}""".formatted(username, password))
                .expect(201)
                .string("id");
    }

    /** Gives somebody a role in an organization, such as {@code _organization_viewer}. */
    public String assign(String user, String role, String organization) {
        return client.post("/admin/v1/role_assignments", """
                        {"user_id": "%s", "role": "%s", "organization_id": "%s"}""".formatted(user, role, organization))
                .expect(201)
                .string("id");
    }

    /** Gives somebody a role in the whole account, such as {@code _account_viewer}. */
    public String assign(String user, String role) {
        return client.post("/admin/v1/role_assignments", """
                        {"user_id": "%s", "role": "%s"}""".formatted(user, role))
                .expect(201)
                .string("id");
    }

    /** Makes a workspace, in {@code sandbox} or {@code live}, and returns its id. */
    public String newWorkspace(String organization, String environment) {
        return newWorkspace(organization, environment, "Acme " + environment);
    }

    /** Makes a key with all scopes. */
    public ApiKey newKey(String organization, String environment) {
        return newKey(organization, environment, """
                "unrestricted": true""");
    }

    /** Makes a key with these scopes. */
    public ApiKey newRestrictedKey(String organization, String environment, String... scopes) {
        String list = Arrays.stream(scopes).map(scope -> '"' + scope + '"').collect(Collectors.joining(", "));
        return newKey(organization, environment, """
                "scopes": [%s]""".formatted(list));
    }

    /** Makes a key with further members of the request. */
    public ApiKey newKey(String organization, String environment, String members) {
        Reply reply = client.post("/admin/v1/api_keys", """
                        {"organization_id": "%s", "environment": "%s", "name": "test", %s}""".formatted(organization, environment, members))
                .expect(201);
        return new ApiKey(reply.string("id"), reply.string("secret"));
    }

    public void revoke(ApiKey key) {
        client.delete("/admin/v1/api_keys/" + key.id()).expect(204);
    }

    /** Suspends a workspace for {@code billing} or {@code policy}. */
    public void suspend(String workspace, String reason) {
        client.patch("/admin/v1/workspaces/" + workspace, """
                        {"status": "suspended", "suspension_reason": "%s"}""".formatted(reason)).expect(200);
    }

    public void reactivate(String workspace) {
        client.patch("/admin/v1/workspaces/" + workspace, """
                {"status": "active"}""").expect(200);
    }

    public void archive(String workspace) {
        client.patch("/admin/v1/workspaces/" + workspace, """
                {"status": "archived"}""").expect(200);
    }
}
