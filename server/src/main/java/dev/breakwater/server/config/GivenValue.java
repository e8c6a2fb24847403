package dev.breakwater.server.config;

/** The text that somebody gave for a key, and where. */
record GivenValue(String key, String text, Origin origin) {}
