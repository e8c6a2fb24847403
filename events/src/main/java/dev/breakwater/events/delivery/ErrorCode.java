package dev.breakwater.events.delivery;

import java.util.Locale;

/** Why an attempt failed, as its log entry says it (events.md 4.11, 10.5). */
public enum ErrorCode {
    /** The receiver answered with another status than 2xx. */
    HTTP_STATUS,
    /** The receiver rejected the signature. */
    WEBHOOK_SIGNATURE_INVALID,
    /** No response head came in time. */
    TIMEOUT,
    /** No connection came about, or it broke before a response head. */
    CONNECTION_FAILED,
    /** No trusted encryption came about. */
    TLS_FAILED,
    /** The host name has no address. */
    DNS_FAILED,
    /** The host has an address that must not be reached. */
    ADDRESS_BLOCKED;

    /** The code as the API spells it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
