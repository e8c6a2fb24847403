package dev.breakwater.registry.current.robot;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.current.dialect.Body;
import dev.breakwater.registry.current.dialect.Lists;
import dev.breakwater.registry.current.dialect.Numbers;
import dev.breakwater.registry.current.dialect.Page;
import dev.breakwater.registry.current.dialect.Shape;
import dev.breakwater.registry.current.gate.Checks;
import dev.breakwater.registry.current.gate.Routes;
import dev.breakwater.registry.listing.ListQuery;
import dev.breakwater.registry.robot.RobotAccount;
import dev.breakwater.registry.robot.RobotAccounts;
import dev.breakwater.registry.robot.RobotDraft;
import dev.breakwater.registry.robot.RobotPermission;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code /robots} (registry.md 3.4). */
public final class RobotHandlers {

    private static final String PATH = "/api/v2.0/robots";
    private static final String ONE = PATH + "/{robot_id}";
    private static final String LEVEL = "Level";
    private static final String PROJECT = "ProjectID";
    private static final int LONGEST_DESCRIPTION = 1_024;

    private final RobotAccounts robots;

    /** Answers with what these know. */
    public RobotHandlers(RobotAccounts robots) {
        this.robots = robots;
    }

    /** Its routes. */
    public void addTo(Routes routes) {
        routes.add("GET", PATH, this::list)
                .add("POST", PATH, this::create)
                .add("GET", ONE, this::read)
                .add("PUT", ONE, this::update)
                .add("PATCH", ONE, this::refresh)
                .add("DELETE", ONE, this::delete);
    }

    /** {@code GET}: those of the system, or those of one project. */
    public Answer list(Call call, Rights rights) {
        Checks.known(rights);
        Page page = Page.of(call);
        ListQuery query = Lists.query(call);
        Optional<ListQuery.Match> name = query.match("name");
        String sort = Lists.sort(call);
        boolean descending = sort.startsWith("-");
        RobotAccounts.Found found = robots.list(
                rights,
                new RobotAccounts.Search(
                        project(query),
                        query.text("name").orElse(null),
                        name.filter(ListQuery.Exact.class::isInstance).isPresent(),
                        descending ? sort.substring(1) : sort,
                        descending,
                        page.offset(),
                        page.size()));
        return page.answer(call, Shape.each(found.robots(), RobotHandlers::shape), found.total());
    }

    private static @Nullable Long project(ListQuery query) {
        String level = query.text(LEVEL).orElse("system");
        if (level.equals("system")) {
            return null;
        }
        if (!level.equals("project")) {
            throw new Failure.Invalid("bad request error level input: " + level);
        }
        String project = query.text(PROJECT)
                .orElseThrow(() -> new Failure.Invalid("must with project ID when to query project robots"));
        try {
            return Long.valueOf(project);
        } catch (NumberFormatException e) {
            throw ListQuery.invalid(project);
        }
    }

    /** {@code POST}. */
    public Answer create(Call call, Rights rights) {
        Checks.known(rights);
        RobotAccounts.Told told = robots.create(call, rights, draft(Body.of(call)));
        RobotAccount robot = told.account();
        Answer answer = new Shape()
                .time("creation_time", robot.createdAt())
                .number("expires_at", end(robot))
                .number("id", robot.id())
                .text("name", robot.name())
                .text("secret", told.secret())
                .answer();
        return new Answer(201, answer.headers(), answer.body()).with("Location", PATH + "/" + robot.id());
    }

    private static RobotDraft draft(Body body) {
        return new RobotDraft(
                body.text("name").orElse(""),
                body.text("level").orElse(""),
                body.text("description", LONGEST_DESCRIPTION),
                body.number("duration").orElse(0L),
                body.truth("disable").orElse(false),
                body.objects("permissions").orElse(List.of()).stream()
                        .map(RobotHandlers::place)
                        .toList(),
                body.text("secret").orElse(null));
    }

    private static RobotDraft.Place place(Body body) {
        return new RobotDraft.Place(
                body.text("kind").orElse(""),
                body.text("namespace").orElse(""),
                body.objects("access").orElse(List.of()).stream()
                        .map(access -> new RobotPermission.Access(
                                access.text("resource").orElse(""),
                                access.text("action").orElse(""),
                                access.text("effect").orElse("")))
                        .toList());
    }

    /** {@code GET} of one. */
    public Answer read(Call call, Rights rights) {
        return Shape.answer(shape(robots.read(rights, Numbers.path(call, "robot_id"))));
    }

    /** {@code PUT} of one. */
    public Answer update(Call call, Rights rights) {
        Checks.known(rights);
        robots.change(call, rights, Numbers.path(call, "robot_id"), draft(Body.of(call)));
        return Shape.done();
    }

    /** {@code PATCH} of one: another secret. */
    public Answer refresh(Call call, Rights rights) {
        Checks.known(rights);
        String secret = robots.refresh(
                call,
                rights,
                Numbers.path(call, "robot_id"),
                Body.of(call).text("secret").orElse(null));
        return new Shape().text("secret", secret).answer();
    }

    /** {@code DELETE} of one. */
    public Answer delete(Call call, Rights rights) {
        robots.delete(call, rights, Numbers.path(call, "robot_id"));
        return Shape.done();
    }

    private static JsonNode shape(RobotAccount robot) {
        return new Shape()
                .time("creation_time", robot.createdAt())
                .number("creator_ref", robot.creatorRef())
                .text("creator_type", robot.creatorType())
                .text("description", robot.description())
                .truth("disable", robot.disabled())
                .number("duration", robot.duration())
                .truth("editable", true)
                .number("expires_at", end(robot))
                .number("id", robot.id())
                .text("level", robot.level().name().toLowerCase(Locale.ROOT))
                .text("name", robot.name())
                .list("permissions", Shape.each(robot.permissions(), RobotHandlers::shape))
                .time("update_time", robot.updatedAt())
                .build();
    }

    private static JsonNode shape(RobotPermission permission) {
        return new Shape()
                .list(
                        "access",
                        Shape.each(
                                permission.access(),
                                access -> new Shape()
                                        .text("action", access.action())
                                        .text("effect", access.effect())
                                        .text("resource", access.resource())
                                        .build()))
                .text("kind", permission.kind().name().toLowerCase(Locale.ROOT))
                .text("namespace", permission.namespace())
                .build();
    }

    /** When it ends, in seconds since 1970; -1 for never. */
    private static long end(RobotAccount robot) {
        @Nullable Instant end = robot.expiresAt();
        return end == null ? RobotAccount.FOR_EVER : end.getEpochSecond();
    }
}
