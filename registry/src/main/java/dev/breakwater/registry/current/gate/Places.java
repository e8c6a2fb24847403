package dev.breakwater.registry.current.gate;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.manifest.Manifest;
import dev.breakwater.registry.manifest.ManifestStore;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.repository.Place;
import dev.breakwater.registry.repository.RepositoryName;
import dev.breakwater.registry.repository.RepositoryStore;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jdbi.v3.core.Handle;

/** Finds what a path names below a project: a repository, and an artifact in it (registry.md 3.1). */
public final class Places {

    private Places() {}

    /**
     * The whole name of the repository that a path names by what follows its project, percent-encoded once or twice: a
     * sound name has no percent sign of its own.
     */
    public static String name(Project project, Call call) {
        String rest = call.pathParameter("repository_name");
        try {
            rest = rest.indexOf('%') < 0 ? rest : URLDecoder.decode(rest, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new Failure.Invalid("invalid repository name: " + rest);
        }
        String name = project.name() + "/" + rest;
        if (!RepositoryName.isWellFormed(name)) {
            throw new Failure.Invalid("invalid repository name: " + name);
        }
        return name;
    }

    /** The repository with this whole name. */
    public static Place require(Handle handle, Project project, String name) {
        return RepositoryStore.findId(handle, project.id(), name)
                .map(id -> new Place(project, id, name))
                .orElseThrow(() -> notFound(name));
    }

    /** The artifact of a repository that a tag or a digest names. */
    public static Manifest artifact(Handle handle, Place place, String reference) {
        return ManifestStore.findNamed(handle, place.repositoryId(), reference)
                .orElseThrow(() -> noArtifact(place.name(), reference));
    }

    /** There is no such artifact. */
    public static Failure.NotFound noArtifact(String repository, String reference) {
        String separator = Digest.parse(reference).isPresent() ? "@" : ":";
        return new Failure.NotFound("artifact " + repository + separator + reference + " not found");
    }

    /** There is no such repository. */
    public static Failure.NotFound notFound(String repository) {
        return new Failure.NotFound("repository " + repository + " not found");
    }
}
