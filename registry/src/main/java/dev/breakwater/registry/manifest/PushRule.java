package dev.breakwater.registry.manifest;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.repository.Terms;
import org.jdbi.v3.core.Handle;

/**
 * Something that may forbid a push: a quota, immutable tags, the read-only mode, a project that only mirrors another
 * registry (registry.md 2.4). Each question is asked before anything is written, those with a handle
 * in the transaction that would write; a rule answers by throwing {@link Failure.Forbidden} or {@link Failure.Precondition}.
 */
public interface PushRule {

    /** Whether anything may be written to the project at all; asked whenever an upload or a push begins. */
    default void checkWriting(Project project, Terms terms) {}

    /** The transaction that writes begins; here a rule waits for its turn, if it wants turns to be taken. */
    default void enter(Handle handle, Project project, Terms terms) {}

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
