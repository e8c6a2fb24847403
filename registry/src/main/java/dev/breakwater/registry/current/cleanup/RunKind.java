package dev.breakwater.registry.current.cleanup;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.current.dialect.Body;
import dev.breakwater.registry.run.Run;
import tools.jackson.databind.node.ObjectNode;

/** How the API spells one kind of runs. */
interface RunKind<P> {

    /** What one must have rights to. */
    Resource resource();

    /** The {@code job_name}. */
    String job();

    /** The path of the history. */
    String path();

    /** The kind in messages. */
    String name();

    /** The kind in messages about its times. */
    String scheduled();

    /** The kind in the audit trail. */
    String audited();

    /** What a body asks for. */
    P parameters(Body body);

    /** The parameters as they were asked for. */
    ObjectNode show(P parameters);

    /** The parameters of a run, with what it has done so far where clients look for that. */
    ObjectNode show(Run<P> run);

    /** The refusal of a second schedule. */
    Failure secondSchedule();
}
