package dev.breakwater.acceptance.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A small Helm chart with values, a readme, a template and a dependency, packed as {@code helm package} does. */
public final class HelmChart {

    private HelmChart() {}

    /** The archive's bytes. */
    public static byte[] archive(String name, String version) {
        return Content.gzip(Content.tar(Map.of(
                name + "/Chart.yaml", Content.text("""
                        apiVersion: v2
                        name: %s
                        version: %s
                        appVersion: "7.1"
                        description: A harbour with one pier
                        type: application
                        keywords:
                          - harbour
                        maintainers:
                          - name: Ada
                            email: ada@example.com
                        dependencies:
                          - name: redis
                            version: 1.2.3
                            repository: https://charts.example.com
                        """.formatted(name, version)),
                name + "/values.yaml", Content.text("""
                        pier:
                          length: 12
                          lights: true
                        """),
                name + "/README.md", Content.text("# " + name + "\n\nA pier for boats.\n"),
                name + "/charts/redis/Chart.yaml", Content.text("""
                        apiVersion: v2
                        name: redis
                        version: 1.2.3
                        """),
                name + "/templates/configmap.yaml", Content.text("""
                        apiVersion: v1
                        kind: ConfigMap
                        metadata:
                          name: {{ .Release.Name }}-pier
                        data:
                          length: {{ .Values.pier.length | quote }}
                        """))));
    }

    /** Writes the archive into a folder as {@code <name>-<version>.tgz} and returns the file. */
    public static Path write(Path folder, String name, String version) {
        try {
            return Files.write(folder.resolve(name + "-" + version + ".tgz"), archive(name, version));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
