package dev.breakwater.console.repository;

import dev.breakwater.console.page.Visit;
import java.util.ArrayList;
import java.util.List;

/** Commands with which somebody pulls an artifact. */
public final class PullCommands {

    private static final String CHART = "CHART";
    private static final String IMAGE = "IMAGE";

    private PullCommands() {}

    /** What one types, and with which program. */
    public record Command(String program, String text) {}

    /**
     * The commands for an artifact, the most usual first.
     *
     * @param name of its repository
     * @param tag of it; empty when it has none
     * @param type of it, as the APIs spell it
     */
    static List<Command> of(Visit visit, String name, String tag, String digest, String type) {
        String host = visit.call().authority();
        boolean secure = visit.call().secure();
        String reference = host + "/" + name + (tag.isEmpty() ? "@" + digest : ":" + tag);
        String plain = secure ? "" : " --plain-http";
        List<Command> commands = new ArrayList<>();
        if (type.equals(CHART) && !tag.isEmpty()) {
            // Helm spells the plus sign of a version as an underscore in tags.
            commands.add(new Command(
                    "Helm",
                    "helm pull oci://%s/%s --version %s%s".formatted(host, name, tag.replace('_', '+'), plain)));
        }
        if (type.equals(IMAGE)) {
            String unverified = secure ? "" : " --tls-verify=false";
            commands.add(new Command("Docker", "docker pull " + reference));
            commands.add(new Command("Podman", "podman pull%s %s".formatted(unverified, reference)));
            commands.add(new Command(
                    "Skopeo",
                    "skopeo copy%s docker://%s oci:%s"
                            .formatted(
                                    secure ? "" : " --src-tls-verify=false",
                                    reference,
                                    name.substring(name.lastIndexOf('/') + 1))));
        }
        commands.add(
                type.equals(IMAGE)
                        ? new Command("ORAS", "oras manifest fetch%s --pretty %s".formatted(plain, reference))
                        : new Command("ORAS", "oras pull%s %s".formatted(plain, reference)));
        return commands;
    }
}
