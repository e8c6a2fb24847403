package dev.breakwater.tenancy;

import dev.breakwater.kernel.crypto.SecretKey;
import java.util.UUID;

/** The encryption keys of organizations, themselves encrypted with the key of the installation. */
public interface OrganizationKeys {

    /** The key under which the secrets of this organization are kept; made at its first use. */
    SecretKey of(UUID organization);
}
