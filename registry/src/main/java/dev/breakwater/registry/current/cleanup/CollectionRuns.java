package dev.breakwater.registry.current.cleanup;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.collection.CollectionParameters;
import dev.breakwater.registry.collection.Freed;
import dev.breakwater.registry.collection.GarbageCollection;
import dev.breakwater.registry.current.dialect.Body;
import dev.breakwater.registry.run.Run;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /system/gc}: collections (registry.md 3.4, 3.6). */
final class CollectionRuns implements RunKind<CollectionParameters> {

    @Override
    public Resource resource() {
        return Resource.GARBAGE_COLLECTION;
    }

    @Override
    public String job() {
        return "GARBAGE_COLLECTION";
    }

    @Override
    public String path() {
        return "/api/v2.0/system/gc";
    }

    @Override
    public String name() {
        return "garbage collection";
    }

    @Override
    public String scheduled() {
        return "gc";
    }

    @Override
    public String audited() {
        return "registry.collection";
    }

    @Override
    public CollectionParameters parameters(Body body) {
        Optional<Body> sent = body.object("parameters");
        long workers = sent.flatMap(parameters -> parameters.number("workers")).orElse(1L);
        if (workers < 1 || workers > CollectionParameters.MOST_WORKERS) {
            throw new Failure.Invalid(
                    "Error: Invalid number of workers:%d. Workers must be greater than 0 and less than or equal to %d."
                            .formatted(workers, CollectionParameters.MOST_WORKERS));
        }
        return new CollectionParameters(
                sent.flatMap(parameters -> parameters.truth("delete_untagged")).orElse(false),
                sent.flatMap(parameters -> parameters.truth("dry_run")).orElse(false),
                (int) workers);
    }

    @Override
    public ObjectNode show(CollectionParameters parameters) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("delete_untagged", parameters.deleteUntagged())
                .put("dry_run", parameters.dryRun())
                .put("workers", parameters.workers());
    }

    @Override
    public ObjectNode show(Run<CollectionParameters> run) {
        Freed freed = GarbageCollection.freed(run);
        return show(run.parameters())
                .put("freed_blobs", freed.blobs())
                .put("freed_manifests", freed.manifests())
                .put("freed_space", freed.bytes());
    }

    @Override
    public Failure secondSchedule() {
        return new Failure.Conflict("garbage collection is scheduled already, use PUT to change it");
    }
}
