package dev.breakwater.acceptance.harness;

/** A new API key: its id, and the key itself, which is shown only once. */
public record ApiKey(String id, String secret) {}
