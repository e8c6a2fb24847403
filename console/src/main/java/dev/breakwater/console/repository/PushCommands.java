package dev.breakwater.console.repository;

/**
 * Commands with which somebody pushes to a project or a repository.
 *
 * @param host of this server, with its port where it has one
 * @param name under which something is pushed, without its tag
 */
public record PushCommands(String host, String name) {

    /** Makes Docker know the visitor. */
    public String signIn() {
        return "docker login " + host;
    }

    /** Pushes an image with Docker. */
    public String docker() {
        return "docker tag alpine:latest %1$s/%2$s:latest\ndocker push %1$s/%2$s:latest".formatted(host, name);
    }

    /** Copies an image from another registry. */
    public String skopeo() {
        return "skopeo copy --all docker://docker.io/library/alpine:latest docker://%s/%s:latest".formatted(host, name);
    }

    /** Pushes a chart. */
    public String helm() {
        int slash = name.lastIndexOf('/');
        return "helm push chart-0.1.0.tgz oci://%s/%s".formatted(host, name.substring(0, slash));
    }

    /** Pushes any file. */
    public String oras() {
        return "oras push %s/%s:latest ./report.pdf".formatted(host, name);
    }
}
