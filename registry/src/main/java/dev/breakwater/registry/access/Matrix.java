package dev.breakwater.registry.access;

import dev.breakwater.registry.project.ProjectRole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The one table of roles, resources and actions (registry.md 1.2, 3.2), from which both the decisions and what is told
 * about them come. What is not in it, only administrators may do.
 */
public final class Matrix {

    private static final Map<Character, ProjectRole> ROLES = Map.of(
            'A', ProjectRole.PROJECT_ADMIN,
            'M', ProjectRole.MAINTAINER,
            'D', ProjectRole.DEVELOPER,
            'G', ProjectRole.GUEST,
            'L', ProjectRole.LIMITED_GUEST);
    private static final char EVERYBODY = 'p';
    private static final char ROBOT = 'r';

    /**
     * In a project: who may do what, a letter for each role; {@code p} is everybody when the project is public, and
     * {@code r} means that robots can be granted it.
     */
    private static final Map<Permission, String> PROJECT = parse("""
            project           read:AMDGLpr update:Ar delete:Ar
            member            create:Ar read:AMDGr update:Ar delete:Ar list:AMDGr
            metadata          create:Ar read:AMDGLpr update:Ar delete:Ar list:AMDGLpr
            log               list:Ar
            label             create:AMr read:AMDGLpr update:AMr delete:AMr list:AMDGLpr
            quota             read:AMDGLr
            repository        read:AMDGLpr update:AMDr delete:AMr list:AMDGLpr pull:AMDGLpr push:AMDr
            artifact          create:AMDr read:AMDGLpr delete:AMr list:AMDGLpr
            artifact-addition read:AMDGLpr
            artifact-label    create:AMDr delete:AMDr
            accessory         list:AMDGLpr
            tag               create:AMDr delete:AMr list:AMDGLpr
            tag-retention     create:AMDr read:AMDr update:AMDr delete:AMDr list:AMDr operate:AMDr
            immutable-tag     create:AMr update:AMr delete:AMr list:AMr
            scan              create:AMr read:AMDGLpr stop:AMr
            robot             create:Ar read:AMDGr update:A delete:Ar list:AMDGr
            """);

    /** In the system as a whole, for administrators; {@code r} means that robots can be granted it. */
    private static final Map<Permission, String> SYSTEM = parse("""
            project             create:r list:r
            audit-log           list:r
            catalog             read:r
            configuration       read: update:
            garbage-collection  create:r read:r update:r list:r stop:r
            label               create:r read:r update:r delete:r
            purge-audit         create:r read:r update:r list:r stop:r
            quota               read:r update:r list:r
            registry            create:r read:r update:r delete:r list:r
            replication         create:r read:r list:r
            replication-adapter list:r
            replication-policy  create:r read:r update:r delete:r list:r
            robot               create:r read:r update: delete:r list:r
            system-volumes      read:r
            user                create:r read:r update:r delete:r list:r
            """);

    private static final Map<ProjectRole, Set<Permission>> OF_ROLE = ROLES.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(
                    Map.Entry::getValue, role -> Set.copyOf(marked(PROJECT, role.getKey()))));
    private static final Set<Permission> OF_EVERYBODY = Set.copyOf(marked(PROJECT, EVERYBODY));

    private Matrix() {}

    /** Whether a role may do it in its project. */
    static boolean allows(ProjectRole role, Permission permission) {
        return OF_ROLE.getOrDefault(role, Set.of()).contains(permission);
    }

    /** Whether everybody may do it in a public project. */
    static boolean allowsEverybody(Permission permission) {
        return OF_EVERYBODY.contains(permission);
    }

    /** All that can be done in a project, in the order of the table. */
    public static List<Permission> inProject() {
        return List.copyOf(PROJECT.keySet());
    }

    /** All that can be done in the system as a whole, in the order of the table. */
    public static List<Permission> inSystem() {
        return List.copyOf(SYSTEM.keySet());
    }

    /** What robots can be granted in projects. */
    public static List<Permission> grantableInProject() {
        return marked(PROJECT, ROBOT);
    }

    /** What robots can be granted in the system as a whole. */
    public static List<Permission> grantableInSystem() {
        return marked(SYSTEM, ROBOT);
    }

    private static List<Permission> marked(Map<Permission, String> table, char letter) {
        return table.entrySet().stream()
                .filter(entry -> entry.getValue().indexOf(letter) >= 0)
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Map<Permission, String> parse(String table) {
        Map<Permission, String> entries = new LinkedHashMap<>();
        for (String line : table.lines().toList()) {
            List<String> words = new ArrayList<>(List.of(line.split(" +", -1)));
            Resource resource = Resource.named(words.removeFirst()).orElseThrow();
            for (String word : words) {
                int colon = word.indexOf(':');
                Action action = Action.named(word.substring(0, colon)).orElseThrow();
                entries.put(new Permission(resource, action), word.substring(colon + 1));
            }
        }
        return entries;
    }
}
