package dev.breakwater.server.config;

/** How log lines look: for people, or for programs as one JSON object per line. */
public enum LogFormat {
    TEXT,
    JSON
}
