package dev.breakwater.registry.retention;

/**
 * How far an execution has come.
 *
 * @param execution itself
 * @param repositories how many it looks at
 * @param done how many of them it has looked at
 * @param total how many artifacts it has decided about
 * @param retained how many of them stay
 */
public record RetentionOutline(RetentionExecution execution, long repositories, long done, long total, long retained) {}
