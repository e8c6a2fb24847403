package dev.breakwater.registry.run;

/** What the runs of one kind do. Parameters are records that JSON holds; a member {@code dryRun} means what it says. */
public interface Work<P> {

    /** The name of the kind, in the tables of runs and schedules. */
    String kind();

    /** The type of the parameters. */
    Class<P> parameters();

    /** Whether a run is refused while another is going on, instead of waiting for it. */
    boolean isAlone();

    /** Does it, as long as the journal says that it may go on. A run that a node left is begun again by the next. */
    void run(Run<P> run, Journal journal);

    /** What came of it, for the last line of the log. */
    String outcome(Run<P> run);
}
