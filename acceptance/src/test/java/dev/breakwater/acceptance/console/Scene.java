package dev.breakwater.acceptance.console;

import dev.breakwater.acceptance.harness.Admin;
import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Organization.Endpoint;
import dev.breakwater.acceptance.harness.Receiver;
import dev.breakwater.acceptance.harness.Receiver.Response;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestNames;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.images.Descriptor;
import dev.breakwater.acceptance.images.Layer;
import dev.breakwater.acceptance.images.OciLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A company that works with Breakwater: an organization with something of every kind that pages show. Addresses name
 * these things in braces, such as <code>/events/{event}</code>. Everything that is its own, and that a stranger must
 * therefore never read, is among its belongings.
 */
final class Scene implements AutoCloseable {

    static final String PASSWORD = "correct horse";

    private static final Pattern THING = Pattern.compile("\\{([a-z-]+)}");

    private final TestServer server;
    private final String word;
    private final String organizationId;
    private final Organization organization;
    private final Receiver shop;
    private final Receiver ledger;
    private final Map<String, String> things = new LinkedHashMap<>();
    private final List<String> words = new ArrayList<>();

    private Scene(TestServer server, String name) {
        this.server = server;
        word = name.toLowerCase(Locale.ROOT);
        Admin admin = server.admin();
        organizationId = admin.newOrganization(word, name);
        organization = new Organization(
                server,
                organizationId,
                admin.newWorkspace(organizationId, "sandbox", name + " checkout"),
                admin.newWorkspace(organizationId, "live", name + " warehouse"));
        for (String host : List.of("shop", "ledger")) {
            TestNames.define(host + "." + word + ".test", List.of(InetAddress.getLoopbackAddress()));
        }
        shop = Receiver.start().answering(Response.of(200, "{\"taken\":\"by " + word + "\"}"));
        ledger = Receiver.start().answering(Response.of(500, "the ledger of " + word + " is closed"));
    }

    /** Makes an organization of this name and fills it. It moves the clock by three days, so sign in afterwards. */
    static Scene of(TestServer server, String name) {
        Scene scene = new Scene(server, name);
        scene.keep("organization", scene.organizationId);
        scene.things.put("identifier", scene.word);
        scene.keep("workspace", scene.organization.workspace());
        scene.keep("live-workspace", scene.organization.liveWorkspace());
        scene.words.addAll(List.of(
                name + " checkout", name + " warehouse", "shop." + scene.word + ".test", "ledger." + scene.word));
        scene.addPeople();
        scene.addKeys();
        scene.addEvents();
        scene.addImages();
        scene.addGovernance();
        return scene;
    }

    private void keep(String thing, String id) {
        things.put(thing, id);
        words.add(id);
    }

    private void addPeople() {
        Admin admin = server.admin();
        for (String role : List.of("admin", "viewer")) {
            String user = admin.newUser(word + "-" + role, PASSWORD);
            keep(role, admin.assign(user, "_organization_" + role, organizationId));
            words.add(word + "-" + role);
        }
    }

    private void addKeys() {
        Admin admin = server.admin();
        keep("key", admin.newKey(organizationId, "sandbox", """
                        "scopes": ["events:write"]""").id());
        words.add(word + " storefront");
        admin.client()
                .post("/admin/v1/api_keys", """
                        {"organization_id": "%s", "environment": "live", "name": "%s storefront", "scopes": ["events:write"]}""".formatted(organizationId, word))
                .expect(201);
    }

    private void addEvents() {
        Endpoint well = organization.endpoint(address("shop", shop), "order.*");
        Endpoint ill = organization.endpoint(address("ledger", ledger), "invoice.*");
        keep("webhook", well.id());
        keep("failing-webhook", ill.id());
        keep(
                "event",
                organization.sandbox().post("/v1/events", order(1)).expect(201).string("id"));
        keep("delivery", organization.deliveryOf(thing("event")));
        String invoice = organization
                .sandbox()
                .post("/v1/events", Organization.event(organization.workspace(), "invoice.issued", """
                                {"invoice_id": "inv_%s_7"}""".formatted(word)))
                .expect(201)
                .string("id");
        keep("failed-event", invoice);
        keep("failed-delivery", organization.deliveryOf(invoice));
        organization.delivery(thing("delivery"), "delivered");
        fail(thing("failed-delivery"));
        words.add(word + "-ord");
        words.add("inv_" + word);
        words.add("the ledger of " + word);
        words.add("by " + word);
        keep(
                "replay",
                organization
                        .sandbox()
                        .post("/v1/deliveries/replay", """
                                {"workspace_id": "%s", "status": "canceled"}""".formatted(organization.workspace()))
                        .expect(202)
                        .string("id"));
    }

    /** A project of the registry, with an image for two platforms that is signed. */
    private void addImages() {
        String project = word + "-images";
        Visitor admin = visitor("admin");
        admin.submit(admin.get("/projects/new").expect(200), "/projects", "name", project, "visibility", "private")
                .expect(303);
        keep("project", project);
        addGuest(word + "-viewer");
        try {
            Path folder = Files.createTempDirectory("breakwater-images-");
            OciLayout layout = OciLayout.in(folder);
            Layer ground = Layer.noise("usr/lib/" + word + ".so", 300_000, 7);
            Layer program = Layer.of(Map.of("app/server", "#!/bin/sh\necho " + word));
            Descriptor index = layout.index(
                    layout.image("linux/amd64", ground, program), layout.image("linux/arm64", ground, program));
            layout.tag("v1.4.2", index).tag("latest", index);
            layout.referrer(
                    index,
                    "application/vnd.cyclonedx+json",
                    "application/vnd.cyclonedx+json",
                    "{}".getBytes(StandardCharsets.UTF_8));
            Shelf.push(program("admin"), project + "/checkout", layout);
            keep("digest", index.digest());
            String images = "/api/v2.0/projects/" + project;
            String tags = images + "/repositories/checkout/artifacts/" + index.digest() + "/tags";
            program("admin").post(tags, "{\"name\": \"lost\"}").expect(201);
            program("admin").delete(tags + "/lost").expect(200);
            things.put(
                    "deletion",
                    program("admin")
                            .get(images + "/deletions")
                            .expect(200)
                            .json()
                            .get(0)
                            .get("id")
                            .asString());
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Who and what rules its project. */
    private void addGovernance() {
        Client admin = program("admin");
        String project = thing("project");
        String path = "/api/v2.0/projects/" + project;
        JsonNode found = admin.get(path).expect(200).json();
        things.put(
                "member",
                admin.get(path + "/members?entityname=" + word + "-viewer")
                        .expect(200)
                        .json()
                        .get(0)
                        .get("id")
                        .asString());
        things.put(
                "robot",
                admin.post("/api/v2.0/robots", """
                        {"name": "%s-ci", "level": "project", "duration": 30, "permissions": [{"kind": "project",
                         "namespace": "%s", "access": [{"resource": "repository", "action": "pull"}]}]}""".formatted(word, project))
                        .expect(201)
                        .json()
                        .get("id")
                        .asString());
        String selectors = """
                "tag_selectors": [{"kind": "doublestar", "decoration": "matches", "pattern": "%s-v*"}],
                "scope_selectors": {"repository": [{"kind": "doublestar", "decoration": "repoMatches", "pattern": "**"}]}""".formatted(word);
        things.put("immutable-rule", number(admin.post(path + "/immutabletagrules", """
                        {"action": "immutable", "template": "immutable_template", %s}""".formatted(selectors))));
        String policy = admin.post("/api/v2.0/retentions", """
                        {"algorithm": "or", "scope": {"level": "project", "ref": %d}, "rules": [{"action": "retain",
                         "template": "latestPushedK", "params": {"latestPushedK": 3}, %s}]}""".formatted(
                                found.get("project_id").asLong(), selectors))
                .expect(201)
                .header("Location")
                .orElseThrow();
        things.put("retention-run", number(admin.post(policy + "/executions", "{\"dry_run\": true}")));
        Await.until(
                "the dry run ends",
                () -> admin.get(policy + "/executions")
                        .expect(200)
                        .json()
                        .get(0)
                        .get("status")
                        .asString()
                        .equals("Succeed"));
        Reply rules = visitor("admin").get("/projects/" + project + "/retention");
        things.put("retention-rule", Visitor.found(rules, "(?<=/retention/rules/)[0-9]+-[0-9a-f]{8}"));
        words.add(word + "-ci");
        words.add(word + "-v*");
    }

    private static String number(Reply created) {
        String location = created.expect(201).header("Location").orElseThrow();
        return location.substring(location.lastIndexOf('/') + 1);
    }

    /** Lets somebody look into its project. */
    void addGuest(String username) {
        addMember(username, 3);
    }

    /** Makes somebody a member of its project, with a role by its number, and gives the address of the member. */
    String addMember(String username, int role) {
        return program("admin")
                .post("/api/v2.0/projects/" + thing("project") + "/members", """
                        {"role_id": %d, "member_user": {"username": "%s"}}""".formatted(role, username))
                .expect(201)
                .header("Location")
                .orElseThrow();
    }

    /** A client of the registry that shows the password of the visitor with this role. */
    Client program(String role) {
        String credentials = word + "-" + role + ":" + PASSWORD;
        return server.client()
                .with(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
    }

    private String address(String host, Receiver receiver) {
        return "http://%s.%s.test:%d/hooks".formatted(host, word, receiver.port());
    }

    private String order(int number) {
        return Organization.event(organization.workspace(), "order.shipped", """
                {"order_id": "%s-ord-%d", "carrier": "ups", "lines": 3}""".formatted(word, number));
    }

    /** Lets a delivery use up its schedule. */
    private void fail(String delivery) {
        for (int attempts = 1; attempts < 8; attempts++) {
            server.time()
                    .moveTo(Instant.parse(organization
                            .attempted(delivery, attempts)
                            .get("next_attempt_at")
                            .asString()));
        }
        organization.delivery(delivery, "failed");
    }

    /** Its name in lower case, which is also the identifier of its organization. */
    String identifier() {
        return word;
    }

    /** What its programs do. */
    Organization organization() {
        return organization;
    }

    /** The endpoint whose deliveries fail, until it is told to answer otherwise. */
    Receiver ledger() {
        return ledger;
    }

    /** The id of something of it. */
    String thing(String name) {
        String id = things.get(name);
        if (id == null) {
            throw new AssertionError("A scene has no " + name + "; it has " + things.keySet());
        }
        return id;
    }

    /** A text with the ids of what it names in braces. */
    String filled(String text) {
        Matcher matcher = THING.matcher(text);
        return matcher.replaceAll(match -> Matcher.quoteReplacement(thing(match.group(1))));
    }

    /** Everything that a stranger must not read. */
    List<String> belongings() {
        return List.copyOf(words);
    }

    /** A visitor with this role in the organization: {@code admin} or {@code viewer}. */
    Visitor visitor(String role) {
        return Visitor.signedIn(server, word + "-" + role, PASSWORD);
    }

    /** The newest changes that its audit log knows. */
    List<String> changes() {
        return server.admin()
                .client()
                .get("/admin/v1/audit?limit=100&organization_id=" + organizationId)
                .expect(200)
                .ids();
    }

    @Override
    public void close() {
        shop.close();
        ledger.close();
    }
}
