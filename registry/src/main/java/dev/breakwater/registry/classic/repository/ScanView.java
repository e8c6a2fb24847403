package dev.breakwater.registry.classic.repository;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.breakwater.kernel.json.WireTime;
import dev.breakwater.registry.Scanner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a scan came to, as the 2017 API shows it (registry.md 1.4). Its jobs have the numbers of the manifests that are
 * scanned.
 */
record ScanView(
        String imageDigest,
        String scanStatus,
        long jobId,
        int severity,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Components components,
        String detailsKey,
        String creationTime,
        String updateTime) {

    /** How many findings there are, of each severity. */
    record Components(int total, List<Count> summary) {}

    /** How many findings have a severity. */
    record Count(int severity, int count) {}

    static ScanView of(String digest, long manifest, Scanner.Overview overview) {
        boolean finished = overview.status() == Scanner.Status.SUCCESS;
        return new ScanView(
                digest,
                status(overview.status()),
                manifest,
                finished ? severity(overview.severity()) : 0,
                finished ? components(overview.counts()) : null,
                finished ? overview.reportId() : "",
                time(overview.startedAt()),
                time(overview.endedAt() == null ? overview.startedAt() : overview.endedAt()));
    }

    private static Components components(Map<Scanner.Severity, Integer> counts) {
        Map<Integer, Integer> bySeverity = new TreeMap<>();
        counts.forEach((severity, count) -> bySeverity.merge(severity(severity), count, Integer::sum));
        List<Count> summary = new ArrayList<>();
        bySeverity.forEach((severity, count) -> summary.add(new Count(severity, count)));
        return new Components(summary.stream().mapToInt(Count::count).sum(), List.copyOf(summary));
    }

    private static String time(@Nullable Instant instant) {
        return instant == null ? TagView.NEVER : WireTime.text(instant);
    }

    private static String status(Scanner.Status status) {
        return switch (status) {
            case PENDING, SCHEDULED -> "pending";
            case RUNNING -> "running";
            case SUCCESS -> "finished";
            case ERROR -> "error";
            case STOPPED -> "stopped";
        };
    }

    /** The number of a severity; what is critical today was high then. */
    static int severity(Scanner.Severity severity) {
        return switch (severity) {
            case NONE, NEGLIGIBLE -> 1;
            case UNKNOWN -> 2;
            case LOW -> 3;
            case MEDIUM -> 4;
            case HIGH, CRITICAL -> 5;
        };
    }

    /** A finding (registry.md 1.8). */
    record Vulnerability(
            String id,
            int severity,
            @JsonProperty("package") String packageName,
            String version,
            String description,
            String link,

            @JsonProperty("fixedVersion") @JsonInclude(JsonInclude.Include.NON_EMPTY)
            String fixedVersion) {

        static Vulnerability of(Scanner.Vulnerability found) {
            return new Vulnerability(
                    found.id(),
                    ScanView.severity(found.severity()),
                    found.packageName(),
                    found.version(),
                    found.description(),
                    found.links().isEmpty() ? "" : found.links().getFirst(),
                    found.fixVersion());
        }
    }
}
