package dev.breakwater.registry;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What the operator may decide about the registry.
 *
 * @param selfRegistration whether anybody may register as a user, until the configuration of the registry says
 *     otherwise
 * @param uploadIdle how long an upload may rest before its bytes are freed
 * @param grace how old content must be before the collector frees what nothing refers to
 * @param undoWindow how long what was deleted can be brought back
 * @param scrubRate how many bytes of blobs a second are read at most while they are compared with their digests
 * @param scrubEvery how often all blobs are compared with their digests
 * @param auditEvery how often the store is compared with the tables
 * @param allowedNetworks in which other registries and a syslog server may be reached although they are not part of the
 *     public internet, each an address with its bits
 * @param largestManifest how many bytes a manifest may have
 * @param authority a file with the certificate of the authority that signed this server's, which clients may download;
 *     empty for none
 */
public record RegistrySettings(
        boolean selfRegistration,
        Duration uploadIdle,
        Duration grace,
        Duration undoWindow,
        long scrubRate,
        Duration scrubEvery,
        Duration auditEvery,
        List<String> allowedNetworks,
        int largestManifest,
        Optional<Path> authority) {

    /** An immutable copy of the networks. */
    public RegistrySettings {
        allowedNetworks = List.copyOf(allowedNetworks);
    }
}
