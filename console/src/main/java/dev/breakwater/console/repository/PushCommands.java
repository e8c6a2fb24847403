package dev.breakwater.console.repository;

import dev.breakwater.console.page.Visit;

/**
 * Commands with which somebody pushes to a project or a repository.
 *
 * @param host of this server, with its port where it has one
 * @param secure whether it is reached over TLS; else some programs have to be told
 * @param name under which something is pushed, without its tag
 */
public record PushCommands(String host, boolean secure, String name) {

    /** For a visitor, who reaches the registry where the pages are. */
    public static PushCommands of(Visit visit, String name) {
        return new PushCommands(visit.call().authority(), visit.call().secure(), name);
    }

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
        return "skopeo copy --all%s docker://docker.io/library/alpine:latest docker://%s/%s:latest"
                .formatted(secure ? "" : " --dest-tls-verify=false", host, name);
    }

    /** Pushes a chart. */
    public String helm() {
        return "helm push mychart-0.1.0.tgz oci://%s/%s%s"
                .formatted(host, name.substring(0, name.lastIndexOf('/')), plain());
    }

    /** Pushes any file. */
    public String oras() {
        return "oras push%s %s/%s:latest report.pdf".formatted(plain(), host, name);
    }

    private String plain() {
        return secure ? "" : " --plain-http";
    }
}
