package dev.breakwater.registry.blob;

import dev.breakwater.registry.blob.S3Bucket.Content;
import dev.breakwater.registry.blob.S3Bucket.Listed;
import dev.breakwater.registry.blob.S3Bucket.Parts;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;

/**
 * Makes one object of several. S3 copies what is large enough to be a part by itself; smaller pieces are gathered in a
 * local file until they are.
 */
final class S3Assembly implements AutoCloseable {

    private final S3Bucket bucket;
    private final S3Sizes sizes;
    private final Parts parts;
    private final long leastPart;
    private final Path path;
    private StagedFile gathered;

    private S3Assembly(S3Bucket bucket, S3Sizes sizes, Path staging, Parts parts, long size) throws IOException {
        this.bucket = bucket;
        this.sizes = sizes;
        this.parts = parts;
        this.leastPart = sizes.leastPart(size);
        this.path = staging.resolve(UUID.randomUUID() + ".part");
        this.gathered = StagedFile.create(path, null);
    }

    /** Makes the object {@code key}; false when one of the sources isn't there. */
    static boolean make(S3Bucket bucket, S3Sizes sizes, Path staging, List<Listed> sources, String key)
            throws IOException {
        long size = sources.stream().mapToLong(Listed::size).sum();
        try (Parts parts = bucket.parts(key);
                S3Assembly assembly = new S3Assembly(bucket, sizes, staging, parts, size)) {
            for (Listed source : sources) {
                if (!assembly.add(source)) {
                    return false;
                }
            }
            assembly.flush();
            parts.complete();
            return true;
        }
    }

    private boolean add(Listed source) throws IOException {
        long offset = 0;
        if (gathered.size() > 0) {
            offset = Math.min(source.size(), leastPart - gathered.size());
            if (!gather(source, 0, offset)) {
                return false;
            }
        }
        long left = source.size() - offset;
        if (left >= leastPart) {
            return copy(source, offset, left);
        }
        return left == 0 || gather(source, offset, left);
    }

    private boolean copy(Listed source, long offset, long length) throws IOException {
        long count = Math.ceilDiv(length, sizes.piece(length));
        for (long i = 0; i < count; i++) {
            long from = length * i / count;
            if (!parts.copy(source.key(), offset + from, length * (i + 1) / count - from)) {
                return false;
            }
        }
        return true;
    }

    private boolean gather(Listed source, long offset, long length) throws IOException {
        Content content = bucket.read(source.key(), offset, offset + length - 1).orElse(null);
        if (content == null) {
            return false;
        }
        try (InputStream stream = content.stream()) {
            gathered.append(stream, length);
        }
        if (gathered.size() >= leastPart) {
            flush();
        }
        return true;
    }

    private void flush() throws IOException {
        if (gathered.size() > 0) {
            parts.add(path, 0, gathered.size());
            close();
            gathered = StagedFile.create(path, null);
        }
    }

    @Override
    public void close() throws IOException {
        gathered.close();
        Files.deleteIfExists(path);
    }
}
