package dev.breakwater.registry.manifest;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.repository.Terms;
import org.jdbi.v3.core.Handle;

/**
 * Something that may forbid a push: a quota, immutable tags, the read-only mode, a project that only mirrors another
 * registry (registry.md 2.4). Each question is asked in the transaction that would write, before it has written
 * anything; a rule answers by throwing {@link Failure.Forbidden} or {@link Failure.Precondition}.
 */
public interface PushRule {

    /** Whether anything may be written to the project at all; asked whenever an upload or a push begins. */
    default void checkWriting(Handle handle, Project project, Terms terms) {}

    /**
     * Whether a blob may be stored.
     *
     * @param bytes by how much the use of the project would grow if something in it named the blob; 0 when the project
     *     has it already
     */
    default void checkBlob(Handle handle, Project project, Terms terms, long bytes) {}

    /** Whether a manifest may be pushed. */
    default void checkManifest(Handle handle, ManifestPush push) {}
}
