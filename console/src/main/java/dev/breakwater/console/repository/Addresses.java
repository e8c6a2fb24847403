package dev.breakwater.console.repository;

import dev.breakwater.console.page.Paths;
import dev.breakwater.console.page.Visit;
import dev.breakwater.console.project.ProjectHead;

/**
 * The addresses of repositories and artifacts. An artifact is named as command lines name it: by its repository and,
 * behind an at sign, its digest, or behind a colon one of its tags.
 */
public final class Addresses {

    private Addresses() {}

    /** The address of a repository, by its whole name. */
    public static String repository(String project, String name) {
        return ProjectHead.path(project) + "/repositories/" + rest(project, name);
    }

    /** The address of an artifact, by its digest. */
    public static String artifact(String project, String repository, String digest) {
        return repository(project, repository) + "@" + Paths.segment(digest).replace("%3A", ":");
    }

    private static String rest(String project, String name) {
        StringBuilder path = new StringBuilder();
        for (String segment : name.substring(project.length() + 1).split("/", -1)) {
            path.append(path.isEmpty() ? "" : "/").append(Paths.segment(segment));
        }
        return path.toString();
    }

    /** Whether the address of a visit names an artifact rather than a repository. */
    public static boolean namesArtifact(Visit visit) {
        return separator(named(visit)) >= 0;
    }

    /** The whole name of the repository that the address of a visit names. */
    public static String repository(Visit visit) {
        String named = named(visit);
        int end = separator(named);
        return visit.call().pathParameter("name") + "/" + (end < 0 ? named : named.substring(0, end));
    }

    /** The digest or the tag that the address of a visit names. */
    public static String reference(Visit visit) {
        String named = named(visit);
        return named.substring(separator(named) + 1);
    }

    private static String named(Visit visit) {
        return visit.call().pathParameter("repository");
    }

    private static int separator(String named) {
        int at = named.indexOf('@');
        return at < 0 ? named.indexOf(':') : at;
    }
}
