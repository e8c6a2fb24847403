package dev.breakwater.console.governance;

import dev.breakwater.console.page.Form;
import dev.breakwater.console.page.Frame;
import dev.breakwater.console.page.Listed;
import dev.breakwater.console.page.Notice;
import dev.breakwater.console.page.Numbered;
import dev.breakwater.console.page.Problem;
import dev.breakwater.console.page.Query;
import dev.breakwater.console.page.Section;
import dev.breakwater.console.page.Templates;
import dev.breakwater.console.page.Visit;
import dev.breakwater.console.project.ProjectHead;
import dev.breakwater.console.project.ProjectTab;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.PageAfter;
import dev.breakwater.registry.Registers;
import dev.breakwater.registry.RobotRegister;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code /projects/{name}/robots} and {@code /registry/robots}: the robots of a project, or those of the system. */
public final class RobotPages {

    private final Templates templates;
    private final Registers registry;
    private final TimeSource time;
    private final boolean ofSystem;

    private RobotPages(Templates templates, Registers registry, TimeSource time, boolean ofSystem) {
        this.templates = templates;
        this.registry = registry;
        this.time = time;
        this.ofSystem = ofSystem;
    }

    /** The robots of projects. */
    public static RobotPages ofProjects(Templates templates, Registers registry, TimeSource time) {
        return new RobotPages(templates, registry, time, false);
    }

    /** The robots of the system. */
    public static RobotPages ofSystem(Templates templates, Registers registry, TimeSource time) {
        return new RobotPages(templates, registry, time, true);
    }

    /**
     * Whose robots a page is about.
     *
     * @param frame around it
     * @param head of the pages of the project; null for the system
     * @param path where its robots are
     * @param owner as the registry names it
     */
    public record Place(Frame frame, @Nullable ProjectHead head, String path, RobotRegister.Owner owner) {

        /** The address of a page, for links. */
        public String to(String rest) {
            return frame.to(path + rest);
        }
    }

    private Place place(Visit visit) {
        if (ofSystem) {
            return new Place(
                    visit.frame("System robots", Section.ROBOTS),
                    null,
                    Section.ROBOTS.path(),
                    RobotRegister.Owner.system(visit.organization().id()));
        }
        ProjectHead head = ProjectHead.of(visit, registry.projects(), ProjectTab.ROBOTS);
        return new Place(
                head.frame(),
                head,
                head.action(ProjectTab.ROBOTS.path()),
                RobotRegister.Owner.of(visit.organization().id(), head.name()));
    }

    /**
     * The list.
     *
     * @param place whose robots they are
     * @param listing what the visitor may do with robots
     * @param robots of this page
     * @param now the time by which they work or not
     */
    public record ListModel(
            Place place, RobotRegister.Listing listing, Listed<RobotRegister.Entry> robots, Instant now) {

        /** The frame around it. */
        public Frame frame() {
            return place.frame();
        }

        /** What some permissions are called. */
        public Optional<String> preset(RobotRegister.Grant grant) {
            return RobotPreset.granting(grant.permissions()).map(RobotPreset::label);
        }
    }

    /** {@code GET}. */
    public Answer list(Visit visit) {
        Place place = place(visit);
        Query query = Query.of(visit);
        RobotRegister.Listing listing;
        Listed<RobotRegister.Entry> robots;
        try {
            RobotRegister.Listing asked = listing(visit, place, query.after());
            listing = asked;
            robots = Listed.of(query, asked::robots);
        } catch (Failure.Invalid wrong) {
            listing = listing(visit, place, Query.beginning());
            robots = Listed.wrong(query, wrong);
        }
        return templates.answer(
                robots.status(), "governance/robots.jte", new ListModel(place, listing, robots, time.instant()));
    }

    private RobotRegister.Listing listing(Visit visit, Place place, PageAfter page) {
        return registry.robots().list(visit.call().principal(), place.owner(), page);
    }

    /**
     * The form.
     *
     * @param place whose robot it is to be
     * @param presets to choose from
     * @param permissions to choose from, by resource
     * @param filled what was filled in
     * @param problem what was wrong; null at first
     */
    public record FormModel(
            Place place,
            List<RobotPreset> presets,
            Map<String, List<String>> permissions,
            Filled filled,
            @Nullable Problem problem) {

        /** The frame around it. */
        public Frame frame() {
            return place.frame();
        }
    }

    /**
     * What was filled in.
     *
     * @param name as it was typed
     * @param description likewise
     * @param preset by its code
     * @param permissions that are ticked
     * @param projects as they were typed
     * @param days until it ends; empty for never
     */
    public record Filled(
            String name, String description, String preset, List<String> permissions, String projects, String days) {}

    /** {@code GET /new}. */
    public Answer create(Visit visit) {
        Place place = place(visit);
        if (!listing(visit, place, Query.beginning()).mayCreate()) {
            throw new Failure.Forbidden("Missing permission: robot:create.");
        }
        RobotPreset first = RobotPreset.PULL;
        return form(
                place,
                200,
                new Filled("", "", first.code(), first.permissions(), RobotRegister.ALL_PROJECTS, "90"),
                null);
    }

    private Answer form(Place place, int status, Filled filled, @Nullable Problem problem) {
        return templates.answer(
                status,
                "governance/new-robot.jte",
                new FormModel(place, List.of(RobotPreset.values()), permissions(), filled, problem));
    }

    private Map<String, List<String>> permissions() {
        Map<String, List<String>> permissions = new LinkedHashMap<>();
        registry.robots()
                .permissions()
                .forEach(each -> permissions
                        .computeIfAbsent(each.substring(0, each.indexOf(':')), resource -> new ArrayList<>())
                        .add(each));
        return permissions;
    }

    /**
     * A secret that is shown once.
     *
     * @param place whose robot it is
     * @param revealed the robot with its secret
     * @param host where the registry is reached
     * @param isNew whether the robot is new, rather than its secret
     */
    public record SecretModel(Place place, RobotRegister.Revealed revealed, String host, boolean isNew) {

        /** The frame around it. */
        public Frame frame() {
            return place.frame();
        }

        /** How to sign in with it. */
        public String command() {
            return "echo '%s' | \\%n  docker login %s -u '%s' --password-stdin"
                    .formatted(revealed.secret(), host, revealed.robot().name());
        }
    }

    /** {@code POST}. */
    public Answer add(Visit visit) {
        Place place = place(visit);
        Form form = Form.of(visit);
        Filled filled = filled(form);
        try {
            RobotRegister.Revealed revealed = registry.robots()
                    .create(
                            visit.call(),
                            place.owner(),
                            new RobotRegister.Draft(
                                    filled.name(),
                                    filled.description(),
                                    days(filled.days()),
                                    form.words("projects"),
                                    filled.permissions()));
            return secret(visit, place, revealed, true);
        } catch (Failure.Invalid wrong) {
            return form(place, 400, filled, Problem.of(wrong));
        } catch (Failure.Conflict taken) {
            return form(place, 409, filled, new Problem("name", "A robot has this name already. Choose another."));
        }
    }

    private static Filled filled(Form form) {
        return new Filled(
                form.text("name"),
                form.text("description"),
                form.text("preset"),
                RobotPreset.of(form.text("preset"))
                        .filter(each -> !each.custom())
                        .map(RobotPreset::permissions)
                        .orElseGet(() -> form.all("permission")),
                form.text("projects"),
                form.text("days"));
    }

    /**
     * One robot, with the form of what it may do.
     *
     * @param place whose robot it is
     * @param robot itself
     * @param status how it stands
     * @param mayChange whether the visitor may change it
     * @param presets to choose from
     * @param permissions to choose from, by resource
     * @param filled what was filled in; its name and its end do not change
     * @param problem what was wrong; null at first
     */
    public record RobotModel(
            Place place,
            RobotRegister.Entry robot,
            String status,
            boolean mayChange,
            List<RobotPreset> presets,
            Map<String, List<String>> permissions,
            Filled filled,
            @Nullable Problem problem) {

        /** The frame around it. */
        public Frame frame() {
            return place.frame();
        }

        /** Whether there is a form. */
        public boolean edits() {
            return mayChange && robot.uniform();
        }
    }

    /** {@code GET /{robot}}. */
    public Answer show(Visit visit) {
        Place place = place(visit);
        RobotRegister.Found found = found(visit, place);
        List<RobotRegister.Grant> grants = found.robot().grants();
        List<String> permissions =
                grants.isEmpty() ? List.of() : grants.getFirst().permissions();
        Filled filled = new Filled(
                found.robot().name(),
                found.robot().description(),
                RobotPreset.granting(permissions).orElse(RobotPreset.CUSTOM).code(),
                permissions,
                grants.stream().map(RobotRegister.Grant::place).collect(Collectors.joining(", ")),
                "");
        return show(place, found, 200, filled, null);
    }

    private RobotRegister.Found found(Visit visit, Place place) {
        return registry.robots().find(visit.call().principal(), place.owner(), Numbered.of(visit, "robot"));
    }

    private Answer show(Place place, RobotRegister.Found found, int status, Filled filled, @Nullable Problem problem) {
        return templates.answer(
                status,
                "governance/robot.jte",
                new RobotModel(
                        place,
                        found.robot(),
                        found.robot().statusAt(time.instant()),
                        found.mayChange(),
                        List.of(RobotPreset.values()),
                        permissions(),
                        filled,
                        problem));
    }

    /** {@code POST /{robot}}. */
    public Answer save(Visit visit) {
        Place place = place(visit);
        long robot = Numbered.of(visit, "robot");
        Form form = Form.of(visit);
        Filled filled = filled(form);
        try {
            registry.robots()
                    .change(
                            visit.call(),
                            place.owner(),
                            robot,
                            new RobotRegister.Change(
                                    filled.description(), form.words("projects"), filled.permissions()));
        } catch (Failure.Invalid wrong) {
            return show(place, found(visit, place), 400, filled, Problem.of(wrong));
        }
        return visit.redirect(place.path() + "/" + robot, Notice.ROBOT_SAVED);
    }

    private static Optional<Integer> days(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.matches("[1-9][0-9]{0,4}")) {
            throw new Failure.Invalid("days", "Choose one of the times.");
        }
        return Optional.of(Integer.valueOf(text));
    }

    private Answer secret(Visit visit, Place place, RobotRegister.Revealed revealed, boolean isNew) {
        return templates.answer(
                isNew ? 201 : 200,
                "governance/robot-secret.jte",
                new SecretModel(place, revealed, visit.call().authority(), isNew));
    }

    /** {@code POST /{robot}/secret}. */
    public Answer refresh(Visit visit) {
        Place place = place(visit);
        return secret(
                visit,
                place,
                registry.robots().refresh(visit.call(), place.owner(), Numbered.of(visit, "robot")),
                false);
    }

    /** {@code POST /{robot}/status}. */
    public Answer changeStatus(Visit visit) {
        Place place = place(visit);
        boolean disabled = Form.of(visit).text("status").equals("disabled");
        registry.robots().setDisabled(visit.call(), place.owner(), Numbered.of(visit, "robot"), disabled);
        return visit.redirect(place.path(), disabled ? Notice.ROBOT_DISABLED : Notice.ROBOT_ENABLED);
    }

    /** {@code POST /{robot}/delete}. */
    public Answer delete(Visit visit) {
        Place place = place(visit);
        registry.robots().delete(visit.call(), place.owner(), Numbered.of(visit, "robot"));
        return visit.redirect(place.path(), Notice.ROBOT_DELETED);
    }
}
