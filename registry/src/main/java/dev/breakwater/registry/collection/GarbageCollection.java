package dev.breakwater.registry.collection;

import dev.breakwater.registry.run.Journal;
import dev.breakwater.registry.run.Run;
import dev.breakwater.registry.run.Work;
import java.util.Map;

/** Collections that administrators ask for, at most one at a time (registry.md 3.3). */
public final class GarbageCollection implements Work<CollectionParameters> {

    private static final String MANIFESTS = "manifests";
    private static final String BLOBS = "blobs";
    private static final String BYTES = "bytes";

    private final Collector collector;

    /** Runs this collector. */
    public GarbageCollection(Collector collector) {
        this.collector = collector;
    }

    /** What a collection has freed, or would have. */
    public static Freed freed(Run<CollectionParameters> run) {
        return new Freed(run.count(MANIFESTS), run.count(BLOBS), run.count(BYTES));
    }

    @Override
    public String kind() {
        return "garbage-collection";
    }

    @Override
    public Class<CollectionParameters> parameters() {
        return CollectionParameters.class;
    }

    @Override
    public boolean isAlone() {
        return true;
    }

    @Override
    public void run(Run<CollectionParameters> run, Journal journal) {
        CollectionParameters parameters = run.parameters();
        journal.log("%s of everything that nothing refers to%s, workers: %d"
                .formatted(
                        parameters.dryRun() ? "dry run" : "collection",
                        parameters.deleteUntagged() ? ", untagged artifacts included" : "",
                        parameters.workers()));
        Progress progress = new Following(journal);
        if (parameters.dryRun()) {
            collector.foresee(run.id(), parameters.deleteUntagged(), progress);
        } else {
            collector.collectAll(parameters.deleteUntagged(), parameters.workers(), progress);
        }
    }

    @Override
    public String outcome(Run<CollectionParameters> run) {
        Freed freed = freed(run);
        return "%d artifacts and %d blobs %s, %d bytes"
                .formatted(
                        freed.manifests(),
                        freed.blobs(),
                        run.parameters().dryRun() ? "would be freed" : "freed",
                        freed.bytes());
    }

    /** Writes down what the collector does. */
    private record Following(Journal journal) implements Progress {

        @Override
        public void freed(Freed freed) {
            journal.add(Map.of(MANIFESTS, freed.manifests(), BLOBS, freed.blobs(), BYTES, freed.bytes()));
        }

        @Override
        public void log(String line) {
            journal.log(line);
        }

        @Override
        public boolean goesOn() {
            return journal.goesOn();
        }
    }
}
