package dev.breakwater.registry;

/**
 * What the registry offers to pages.
 *
 * @param projects of organizations
 */
public record Registers(ProjectRegister projects) {}
