package dev.breakwater.registry.blob;

import dev.breakwater.registry.blob.S3Bucket.Listed;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The objects of one upload: {@code uploads/<id>/<number>-<time>-<random>}, where number 0 is an empty object that says
 * that the upload was begun, and each further one holds an append. The time, in milliseconds, is that of the platform's
 * clock. The random end keeps two servers that append at the same time from overwriting each other: then both objects
 * are there, each server ends the upload with those that it hashed, and the rest is freed later.
 */
final class S3Segments {

    /** The objects of an upload in their order; nothing of them when there is no such upload. */
    private final List<Listed> objects;

    private final S3Bucket bucket;
    private final String folder;

    private S3Segments(S3Bucket bucket, String folder, List<Listed> objects) {
        this.bucket = bucket;
        this.folder = folder;
        this.objects = objects;
    }

    static S3Segments none(S3Bucket bucket, String uploads, UUID id) {
        return new S3Segments(bucket, uploads + id + "/", new ArrayList<>());
    }

    static S3Segments list(S3Bucket bucket, String uploads, UUID id) throws IOException {
        S3Segments segments = none(bucket, uploads, id);
        bucket.forEach(segments.folder, segments.objects::add);
        return segments;
    }

    boolean isEmpty() {
        return objects.isEmpty();
    }

    /** Those that hold bytes. */
    List<Listed> withBytes() {
        return objects.stream().filter(object -> object.size() > 0).toList();
    }

    long size() {
        return objects.stream().mapToLong(Listed::size).sum();
    }

    /** Notes that the upload was begun. */
    void begin(Instant now) throws IOException {
        String key = key(0, now);
        bucket.put(key, new byte[0]);
        objects.add(new Listed(key, 0));
    }

    /** Adds what a file holds. */
    void add(StagedFile file, S3Sizes sizes, Instant now) throws IOException {
        String key = key(nextNumber(), now);
        if (file.size() <= sizes.largestPut()) {
            bucket.put(key, file.path());
        } else {
            try (S3Bucket.Parts parts = bucket.parts(key)) {
                long piece = sizes.piece(file.size());
                for (long offset = 0; offset < file.size(); offset += piece) {
                    parts.add(file.path(), offset, Math.min(piece, file.size() - offset));
                }
                parts.complete();
            }
        }
        objects.add(new Listed(key, file.size()));
    }

    private int nextNumber() {
        return objects.isEmpty() ? 1 : number(objects.getLast().key()) + 1;
    }

    private String key(int number, Instant now) {
        return folder
                + "%08d-%013d-%s"
                        .formatted(
                                number,
                                now.toEpochMilli(),
                                UUID.randomUUID().toString().substring(0, 8));
    }

    private static int number(String key) {
        String name = key.substring(key.lastIndexOf('/') + 1);
        return Integer.parseInt(name.substring(0, name.indexOf('-')));
    }

    /** When the object with this key was written. */
    static Instant time(String key) {
        int end = key.lastIndexOf('-');
        return Instant.ofEpochMilli(Long.parseLong(key.substring(key.lastIndexOf('-', end - 1) + 1, end)));
    }

    /** Removes all, the last first: what a crash leaves is the beginning of the upload and not its end. */
    void delete() throws IOException {
        while (!objects.isEmpty()) {
            bucket.delete(objects.getLast().key());
            objects.removeLast();
        }
    }
}
