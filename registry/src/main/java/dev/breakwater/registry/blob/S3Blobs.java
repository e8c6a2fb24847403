package dev.breakwater.registry.blob;

import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.BlobSettings;
import dev.breakwater.registry.blob.S3Bucket.Content;
import dev.breakwater.registry.blob.S3Bucket.Listed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Blobs in a bucket: {@code <prefix>blobs/<algorithm>/<first two digits>/<digits>}, and below {@code <prefix>uploads/}
 * what has not ended. Each append goes through a local file, which is hashed, and becomes an object; the end of the
 * upload makes them one, within S3 where it can. Any server can therefore go on with an upload, and none holds it.
 */
public final class S3Blobs implements BlobStore {

    private static final Duration FORGOTTEN = Duration.ofDays(1);
    private static final Pattern SEGMENT =
            Pattern.compile("([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/\\d{8}-\\d{13}-[0-9a-f]{8}");

    private final S3Bucket bucket;
    private final S3Sizes sizes;
    private final String blobs;
    private final String uploads;
    private final Path staging;
    private final TimeSource time;
    private final RunningHashes hashes = new RunningHashes();
    private final ProvenBlobs proven;

    S3Blobs(S3Bucket bucket, S3Sizes sizes, String prefix, Path staging, TimeSource time) throws IOException {
        this.bucket = bucket;
        this.sizes = sizes;
        this.blobs = prefix + "blobs/";
        this.uploads = prefix + "uploads/";
        this.staging = Files.createDirectories(staging);
        this.time = time;
        this.proven = new ProvenBlobs(time);
        removeForgotten();
    }

    /** Opens the bucket, without asking for it yet; what is on its way there passes through {@code folder}. */
    static S3Blobs open(BlobSettings.S3 settings, Path folder, TimeSource time) throws IOException {
        return new S3Blobs(new S3Bucket(settings), S3Sizes.USUAL, settings.prefix(), folder.resolve("staging"), time);
    }

    /** Files of servers that were killed. */
    private void removeForgotten() throws IOException {
        FileTime limit = FileTime.from(time.instant().minus(FORGOTTEN));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(staging, "*.part")) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).compareTo(limit) < 0) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    @Override
    public Upload begin(UUID id) {
        return new S3Upload(id, S3Segments.none(bucket, uploads, id), new RunningHash());
    }

    @Override
    public Upload resume(UUID id) throws IOException {
        S3Segments segments = S3Segments.list(bucket, uploads, id);
        if (segments.isEmpty()) {
            throw new NoSuchUploadException(id);
        }
        return new S3Upload(id, segments, hashes.take(id, segments.size()));
    }

    @Override
    public long uploaded(UUID id) throws IOException {
        S3Segments segments = S3Segments.list(bucket, uploads, id);
        if (segments.isEmpty()) {
            throw new NoSuchUploadException(id);
        }
        return segments.size();
    }

    private String key(Digest digest) {
        return blobs + digest.algorithm().label() + "/" + digest.hex().substring(0, 2) + "/" + digest.hex();
    }

    @Override
    public OptionalLong size(Digest digest) throws IOException {
        return bucket.size(key(digest));
    }

    @Override
    public InputStream open(Digest digest, long offset, long length) throws IOException {
        if (length == 0) {
            size(digest).orElseThrow(() -> new NoSuchBlobException(digest));
            return InputStream.nullInputStream();
        }
        long last = length > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + length - 1;
        Content content = read(digest, offset, last);
        if (content.length() < content.total() || proven.contains(digest, content.etag())) {
            return content.stream();
        }
        return new CheckedStream(content.stream(), digest, content.length(), () -> proven.add(digest, content.etag()));
    }

    @Override
    public InputStream openUnchecked(Digest digest) throws IOException {
        return read(digest, 0, Long.MAX_VALUE).stream();
    }

    private Content read(Digest digest, long first, long last) throws IOException {
        return bucket.read(key(digest), first, last).orElseThrow(() -> new NoSuchBlobException(digest));
    }

    @Override
    public void delete(Digest digest) throws IOException {
        bucket.delete(key(digest));
        proven.remove(digest);
    }

    @Override
    public void forEachBlob(Consumer<Digest> visitor) throws IOException {
        for (Digest.Algorithm algorithm : Digest.Algorithm.values()) {
            bucket.forEach(
                    blobs + algorithm.label() + "/",
                    object -> Digest.parse(algorithm.label() + ":" + name(object.key()))
                            .ifPresent(visitor));
        }
    }

    private static String name(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    @Override
    public void forEachUploadIdleSince(Instant limit, Consumer<UUID> visitor) throws IOException {
        IdleUploads idle = new IdleUploads(limit, visitor);
        bucket.forEach(uploads, idle::see);
        idle.end();
    }

    /** The objects of one upload follow each other, and its last was written last. */
    private final class IdleUploads {

        private final Instant limit;
        private final Consumer<UUID> visitor;
        private @Nullable UUID upload;
        private Instant touched = Instant.MAX;

        IdleUploads(Instant limit, Consumer<UUID> visitor) {
            this.limit = limit;
            this.visitor = visitor;
        }

        void see(Listed object) {
            Matcher matcher = SEGMENT.matcher(object.key().substring(uploads.length()));
            // Somebody else's object below our prefix is none of our business.
            if (matcher.matches()) {
                UUID id = UUID.fromString(matcher.group(1));
                if (!id.equals(upload)) {
                    end();
                }
                upload = id;
                touched = S3Segments.time(object.key());
            }
        }

        void end() {
            if (upload != null && touched.isBefore(limit)) {
                visitor.accept(upload);
            }
        }
    }

    @Override
    public Room room() {
        return new Room(Long.MAX_VALUE, Long.MAX_VALUE);
    }

    @Override
    public void check() throws IOException {
        bucket.check();
    }

    @Override
    public String kind() {
        return "s3";
    }

    @Override
    public void close() {
        bucket.close();
    }

    private final class S3Upload implements Upload {

        private final UUID id;
        private final S3Segments segments;
        private @Nullable RunningHash hash;
        private long size;
        private boolean ended;

        S3Upload(UUID id, S3Segments segments, @Nullable RunningHash hash) {
            this.id = id;
            this.segments = segments;
            this.hash = hash;
            this.size = segments.size();
        }

        @Override
        public long size() {
            return size;
        }

        @Override
        public long append(InputStream content, long most, Watcher watcher) throws IOException {
            Path path = staging.resolve(UUID.randomUUID() + ".part");
            try (StagedFile file = stage(path)) {
                try {
                    return file.append(content, most, watcher);
                } finally {
                    keep(file);
                }
            } finally {
                Files.deleteIfExists(path);
            }
        }

        private StagedFile stage(Path path) throws IOException {
            try {
                return StagedFile.create(path, hash == null ? null : hash.copy());
            } catch (IOException e) {
                throw Disk.explain(e, staging);
            }
        }

        private void keep(StagedFile file) throws IOException {
            if (file.size() > 0) {
                segments.add(file, sizes, time.instant());
                size += file.size();
                hash = file.hash();
            }
        }

        @Override
        public Digest digest(Digest.Algorithm algorithm) throws IOException {
            if (algorithm == Digest.Algorithm.SHA256 && hash != null) {
                return hash.digest();
            }
            MessageDigest computation = algorithm.start();
            read((bytes, count) -> computation.update(bytes, 0, count));
            return algorithm.finish(computation);
        }

        @Override
        public byte[] bytes() throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) size);
            read((piece, count) -> bytes.write(piece, 0, count));
            return bytes.toByteArray();
        }

        private void read(PieceReader reader) throws IOException {
            for (Listed segment : segments.withBytes()) {
                Content content =
                        bucket.read(segment.key(), 0, Long.MAX_VALUE).orElseThrow(() -> new NoSuchUploadException(id));
                try (InputStream stream = content.stream()) {
                    Inflow inflow = new Inflow(stream);
                    while (inflow.next()) {
                        reader.take(inflow.bytes(), inflow.count());
                    }
                    inflow.requireWhole();
                }
            }
        }

        @Override
        public void commit(Digest digest) throws IOException {
            String key = key(digest);
            boolean there = make(key) || isThere(key);
            if (!there) {
                throw new NoSuchUploadException(id);
            }
            discard();
        }

        @Override
        public boolean stored(Digest digest) throws IOException {
            return isThere(key(digest));
        }

        private boolean isThere(String key) throws IOException {
            OptionalLong present = bucket.size(key);
            return present.isPresent() && present.getAsLong() == size;
        }

        /** False when another server has ended the upload meanwhile. */
        private boolean make(String key) throws IOException {
            List<Listed> sources = segments.withBytes();
            if (sources.isEmpty()) {
                bucket.put(key, new byte[0]);
                return true;
            }
            boolean inOneRequest = sources.size() == 1 && size <= sizes.largestCopy();
            if (inOneRequest) {
                return bucket.copy(sources.getFirst().key(), key);
            }
            return S3Assembly.make(bucket, sizes, staging, sources, key);
        }

        @Override
        public void discard() throws IOException {
            ended = true;
            segments.delete();
        }

        @Override
        public void close() throws IOException {
            if (ended) {
                return;
            }
            if (segments.isEmpty()) {
                segments.begin(time.instant());
            }
            if (hash != null) {
                hashes.keep(id, hash);
            }
        }
    }
}
