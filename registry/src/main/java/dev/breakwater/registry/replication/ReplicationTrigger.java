package dev.breakwater.registry.replication;

import dev.breakwater.registry.manifest.ContentListener;
import dev.breakwater.registry.manifest.Removal;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Notes what has to be copied or removed elsewhere, in the transaction of the push or removal itself, so that nothing is
 * forgotten (registry.md 1.10).
 */
public final class ReplicationTrigger implements ContentListener {

    @Override
    public void pushed(Handle handle, Pushed pushed) {
        // The images of an index come with it; a signature has no tag, and belongs to what it signs.
        List<String> references = pushed.tags().isEmpty() && pushed.subject() != null
                ? List.of(pushed.digest().toString())
                : pushed.tags();
        if (pushed.terms().replicates() && !references.isEmpty()) {
            JobStore.addForProject(
                    handle,
                    pushed.place().project().id(),
                    pushed.place().name(),
                    Job.Operation.TRANSFER,
                    references,
                    pushed.at());
        }
    }

    @Override
    public void removed(Handle handle, Removal removal) {
        List<String> references = Stream.concat(
                        removal.tags().stream().map(Removal.Target::tag),
                        removal.kind() == Removal.Kind.ARTIFACT
                                ? removal.manifests().stream().map(Object::toString)
                                : Stream.empty())
                .toList();
        if (!references.isEmpty()) {
            JobStore.addForProject(
                    handle,
                    removal.place().project().id(),
                    removal.place().name(),
                    Job.Operation.DELETE,
                    references,
                    removal.at());
        }
    }
}
