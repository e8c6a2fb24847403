package dev.breakwater.tenancy;

/**
 * What an operator may choose about tenancy.
 *
 * @param administrator the username of the administrator that the first start makes
 * @param administratorPassword that administrator's password; it also replaces {@link #DEFAULT_PASSWORD} where a
 *     database still has that, and never any other
 */
public record TenancySettings(String administrator, String administratorPassword) {

    /** The administrator's password when none is configured; fit for loopback only. */
    public static final String DEFAULT_PASSWORD = "Harbor12345";

    /** Nothing configured. */
    public static TenancySettings defaults() {
        return new TenancySettings("admin", DEFAULT_PASSWORD);
    }

    @Override
    public String toString() {
        return "TenancySettings[administrator=" + administrator + "]";
    }
}
