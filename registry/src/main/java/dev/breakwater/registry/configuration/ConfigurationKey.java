package dev.breakwater.registry.configuration;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What can be configured through the APIs (registry.md 1.11, 3.5), with what holds until then. Durations and sizes are
 * in the unit that the contract names for the key.
 */
public enum ConfigurationKey {
    AUTH_MODE("db_auth"),
    PRIMARY_AUTH_MODE(false),
    PROJECT_CREATION_RESTRICTION("everyone"),
    /** What holds at first is a setting of the installation. */
    SELF_REGISTRATION(false),
    READ_ONLY(false),
    /** In minutes. */
    TOKEN_EXPIRATION(30),
    /** In minutes. */
    SESSION_TIMEOUT(60),
    BANNER_MESSAGE(""),
    NOTIFICATION_ENABLE(true),

    /** In days. */
    ROBOT_TOKEN_DURATION(30),
    ROBOT_NAME_PREFIX("robot$"),

    QUOTA_PER_PROJECT_ENABLE(true),
    /** In bytes, -1 for no limit. */
    STORAGE_PER_PROJECT(-1),

    AUDIT_LOG_FORWARD_ENDPOINT(""),
    SKIP_AUDIT_LOG_DATABASE(false),
    DISABLED_AUDIT_LOG_EVENT_TYPES(""),

    SCANNER_SKIP_UPDATE_PULLTIME(false),
    SCAN_ALL_POLICY(Kind.OBJECT, "{\"type\":\"none\"}"),

    LDAP_URL(""),
    LDAP_SEARCH_DN(""),
    LDAP_SEARCH_PASSWORD(Kind.SECRET, "\"\""),
    LDAP_BASE_DN(""),
    LDAP_FILTER(""),
    LDAP_UID("cn"),
    /** 0 base, 1 one level, 2 subtree. */
    LDAP_SCOPE(2),
    /** In seconds. */
    LDAP_TIMEOUT(5),
    LDAP_VERIFY_CERT(true),
    LDAP_GROUP_BASE_DN(""),
    LDAP_GROUP_SEARCH_FILTER(""),
    LDAP_GROUP_ATTRIBUTE_NAME(""),
    LDAP_GROUP_SEARCH_SCOPE(2),
    LDAP_GROUP_ADMIN_DN(""),
    LDAP_GROUP_MEMBERSHIP_ATTRIBUTE("memberof"),
    LDAP_GROUP_ATTACH_PARALLEL(false),

    OIDC_NAME(""),
    OIDC_ENDPOINT(""),
    OIDC_CLIENT_ID(""),
    OIDC_CLIENT_SECRET(Kind.SECRET, "\"\""),
    OIDC_GROUPS_CLAIM(""),
    OIDC_ADMIN_GROUP(""),
    OIDC_GROUP_FILTER(""),
    OIDC_SCOPE(""),
    OIDC_USER_CLAIM(""),
    OIDC_VERIFY_CERT(true),
    OIDC_AUTO_ONBOARD(false),
    OIDC_EXTRA_REDIRECT_PARMS("{}"),
    OIDC_LOGOUT(false),

    HTTP_AUTHPROXY_ENDPOINT(""),
    HTTP_AUTHPROXY_TOKENREVIEW_ENDPOINT(""),
    HTTP_AUTHPROXY_ADMIN_GROUPS(""),
    HTTP_AUTHPROXY_ADMIN_USERNAMES(""),
    HTTP_AUTHPROXY_VERIFY_CERT(true),
    HTTP_AUTHPROXY_SKIP_SEARCH(false),
    HTTP_AUTHPROXY_SERVER_CERTIFICATE(""),

    UAA_ENDPOINT(""),
    UAA_CLIENT_ID(""),
    UAA_CLIENT_SECRET(Kind.SECRET, "\"\""),
    UAA_VERIFY_CERT(false),

    /** Only the 2017 API knows these. */
    EMAIL_HOST(""),
    EMAIL_PORT(25),
    EMAIL_USERNAME(""),
    EMAIL_PASSWORD(Kind.SECRET, "\"\""),
    EMAIL_FROM(""),
    EMAIL_SSL(false),
    EMAIL_IDENTITY(""),
    VERIFY_REMOTE_CERT(true);

    private final Kind kind;
    private final String initial;

    /** What the value of a key is. */
    public enum Kind {
        /** A string. */
        TEXT,
        /** A whole number. */
        NUMBER,
        /** On or off. */
        TRUTH,
        /** A JSON object. */
        OBJECT,
        /** A string that is kept encrypted and never shown. */
        SECRET
    }

    ConfigurationKey(String initial) {
        this(Kind.TEXT, '"' + initial + '"');
    }

    ConfigurationKey(long initial) {
        this(Kind.NUMBER, Long.toString(initial));
    }

    ConfigurationKey(boolean initial) {
        this(Kind.TRUTH, Boolean.toString(initial));
    }

    ConfigurationKey(Kind kind, String initial) {
        this.kind = kind;
        this.initial = initial;
    }

    /** The name in both APIs. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What its value is. */
    public Kind kind() {
        return kind;
    }

    /** What holds until it is configured, as JSON, unless the installation says otherwise. */
    String initial() {
        return initial;
    }

    /** The key with this name. */
    public static Optional<ConfigurationKey> named(String label) {
        return Arrays.stream(values()).filter(key -> key.label().equals(label)).findFirst();
    }
}
