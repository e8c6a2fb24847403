package dev.breakwater.registry.purge;

/**
 * What of the log of activities is to be removed (registry.md 3.6).
 *
 * @param retentionHours how old it must be
 * @param eventTypes of which kinds, separated by commas
 * @param dryRun whether it is only to be counted
 */
public record PurgeParameters(long retentionHours, String eventTypes, boolean dryRun) {}
