package dev.breakwater.registry;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * What finds vulnerabilities in artifacts, as the registry needs it (registry.md 2.3, 3.3): another capability
 * implements it. Findings are about content, so they are asked for by digest; who may see them is decided before.
 */
public interface Scanner {

    /** There is no scanner. */
    Scanner NONE = new Scanner() {};

    /** What the scanner is called; empty when there is none that could scan now. */
    default Optional<About> about() {
        return Optional.empty();
    }

    /**
     * Whether it can look into artifacts of a kind.
     *
     * @param mediaType of the manifest
     * @param configType the media type of its configuration; null for an index
     */
    default boolean supports(String mediaType, @Nullable String configType) {
        return false;
    }

    /** Asks for a scan, in the transaction of the caller; a scan of the same content that waits or runs is enough. */
    default void request(Handle handle, Target target) {}

    /** Stops the scan of a content that waits or runs, if there is one. */
    default void stop(Handle handle, String digest) {}

    /** What the latest scans of some contents came to, by digest; nothing for those that were never scanned. */
    default Map<String, Overview> overviews(Handle handle, Collection<String> digests) {
        return Map.of();
    }

    /** What the latest finished scan of a content found. */
    default Optional<Report> report(Handle handle, String digest) {
        return Optional.empty();
    }

    /** The log of a scan of a content. */
    default Optional<String> log(Handle handle, String digest, String reportId) {
        return Optional.empty();
    }

    /** A scanner, for people. */
    record About(String name, String vendor, String version) {}

    /**
     * What is to be scanned.
     *
     * @param projectId the number of its project
     * @param repository the whole name of its repository
     * @param digest of its manifest
     * @param mediaType of its manifest
     * @param username who asks
     */
    record Target(long projectId, String repository, String digest, String mediaType, String username) {}

    /** How far a scan is. */
    enum Status {
        PENDING,
        SCHEDULED,
        RUNNING,
        SUCCESS,
        ERROR,
        STOPPED;

        /** The word that the API shows. */
        public String label() {
            return capitalized(name());
        }
    }

    /** How bad a finding is. */
    enum Severity {
        NONE(0),
        UNKNOWN(0),
        NEGLIGIBLE(1),
        LOW(2),
        MEDIUM(3),
        HIGH(4),
        CRITICAL(5);

        private final int rank;

        Severity(int rank) {
            this.rank = rank;
        }

        /** Where it stands among the others; the higher the worse. */
        public int rank() {
            return rank;
        }

        /** The word that the API shows. */
        public String label() {
            return capitalized(name());
        }
    }

    private static String capitalized(String name) {
        return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
    }

    /**
     * What a scan came to.
     *
     * @param reportId its name
     * @param status how far it is
     * @param severity the worst of what was found
     * @param counts how many were found of each severity
     * @param fixable for how many there is a fixed version
     * @param startedAt when it began; null while it waits
     * @param endedAt when it ended; null while it has not
     */
    record Overview(
            String reportId,
            Status status,
            Severity severity,
            Map<Severity, Integer> counts,
            int fixable,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt) {

        /** An immutable copy of the counts. */
        public Overview {
            counts = Map.copyOf(counts);
        }
    }

    /** What a finished scan found. */
    record Report(Instant generatedAt, About scanner, Severity severity, List<Vulnerability> vulnerabilities) {

        /** An immutable copy of the findings. */
        public Report {
            vulnerabilities = List.copyOf(vulnerabilities);
        }
    }

    /**
     * A finding.
     *
     * @param id its name, for example {@code CVE-2026-0001}
     * @param packageName in which package
     * @param version of the package
     * @param fixVersion in which version it is fixed; empty for none
     * @param severity how bad it is
     * @param description what it is about; may be empty
     * @param links where to read on
     * @param cvss its score after CVSS 3; null when unknown
     * @param cweIds the weaknesses that it is an instance of
     */
    record Vulnerability(
            String id,
            String packageName,
            String version,
            String fixVersion,
            Severity severity,
            String description,
            List<String> links,
            @Nullable Double cvss,
            List<String> cweIds) {

        /** Immutable copies of the lists. */
        public Vulnerability {
            links = List.copyOf(links);
            cweIds = List.copyOf(cweIds);
        }
    }
}
