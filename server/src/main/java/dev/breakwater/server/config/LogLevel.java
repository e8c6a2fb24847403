package dev.breakwater.server.config;

/** The least important kind of line that is still logged. */
public enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG
}
