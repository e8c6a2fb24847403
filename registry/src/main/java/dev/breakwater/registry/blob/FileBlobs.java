package dev.breakwater.registry.blob;

import dev.breakwater.kernel.time.TimeSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blobs in a folder: {@code blobs/<algorithm>/<first two digits>/<digits>}, and {@code uploads/<id>} for what has not
 * ended. Several servers may share it, when all see a file under its new name as soon as one has renamed it. A blob
 * appears by a rename after its bytes are on the disk, so that there is no half one at any moment. An upload is written
 * by whoever has the lock of its file, which the operating system takes back when a server dies.
 */
public final class FileBlobs implements BlobStore {

    private static final Logger log = LoggerFactory.getLogger(FileBlobs.class);

    private final Path blobs;
    private final Path uploads;
    private final TimeSource time;
    private final RunningHashes hashes = new RunningHashes();
    private final ProvenBlobs proven;
    private final Set<Path> durableFolders = ConcurrentHashMap.newKeySet();

    /** Locks belong to the process, which loses them with the first channel of the file that it closes. */
    private final Set<UUID> resumed = ConcurrentHashMap.newKeySet();

    /** Opens the folder; makes it when there is none. */
    public FileBlobs(Path root, TimeSource time) throws IOException {
        this.blobs = root.resolve("blobs");
        this.uploads = root.resolve("uploads");
        this.time = time;
        this.proven = new ProvenBlobs(time);
        Files.createDirectories(blobs);
        Files.createDirectories(uploads);
        Disk.force(root);
    }

    @Override
    public Upload begin(UUID id) throws IOException {
        Path path = staged(id);
        try {
            StagedFile file = StagedFile.create(path, new RunningHash());
            touch(path);
            return new FileUpload(id, file);
        } catch (IOException e) {
            throw Disk.explain(e, uploads);
        }
    }

    @Override
    public Upload resume(UUID id) throws IOException {
        if (!resumed.add(id)) {
            throw new UploadInUseException(id);
        }
        StagedFile file = null;
        try {
            file = StagedFile.openAlone(staged(id), size -> hashes.take(id, size));
        } catch (NoSuchFileException e) {
            throw new NoSuchUploadException(id);
        } finally {
            if (file == null) {
                resumed.remove(id);
            }
        }
        if (file == null) {
            throw new UploadInUseException(id);
        }
        return new FileUpload(id, file);
    }

    @Override
    public long uploaded(UUID id) throws IOException {
        try {
            return Files.size(staged(id));
        } catch (NoSuchFileException e) {
            throw new NoSuchUploadException(id);
        }
    }

    private Path staged(UUID id) {
        return uploads.resolve(id.toString());
    }

    /** Uploads are idle by the clock of the platform, not by that of the file system. */
    private void touch(Path upload) throws IOException {
        try {
            Files.setLastModifiedTime(upload, FileTime.from(time.instant()));
        } catch (NoSuchFileException e) {
            log.debug("The upload {} has been ended by another", upload.getFileName());
        }
    }

    private Path blob(Digest digest) {
        return blobs.resolve(digest.algorithm().label())
                .resolve(digest.hex().substring(0, 2))
                .resolve(digest.hex());
    }

    @Override
    public OptionalLong size(Digest digest) throws IOException {
        try {
            return OptionalLong.of(Files.size(blob(digest)));
        } catch (NoSuchFileException e) {
            return OptionalLong.empty();
        }
    }

    @Override
    public InputStream open(Digest digest, long offset, long length) throws IOException {
        Path path = blob(digest);
        FileChannel channel = channel(digest, path);
        try {
            long size = channel.size();
            long first = Math.min(offset, size);
            long count = Math.min(length, size - first);
            FileSlice slice = new FileSlice(channel, first, count);
            if (count < size) {
                return slice;
            }
            State state = State.of(path);
            return proven.contains(digest, state)
                    ? slice
                    : new CheckedStream(slice, digest, size, () -> proven.add(digest, state));
        } catch (NoSuchFileException e) {
            channel.close();
            throw new NoSuchBlobException(digest);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public InputStream openUnchecked(Digest digest) throws IOException {
        FileChannel channel = channel(digest, blob(digest));
        return new FileSlice(channel, 0, Long.MAX_VALUE);
    }

    private static FileChannel channel(Digest digest, Path path) throws IOException {
        try {
            return FileChannel.open(path, StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            throw new NoSuchBlobException(digest);
        }
    }

    /** Changes when somebody writes to the file or puts another in its place. */
    private record State(@Nullable Object key, FileTime modified, long size) {
        static State of(Path path) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new State(attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
        }
    }

    @Override
    public void delete(Digest digest) throws IOException {
        Files.deleteIfExists(blob(digest));
        proven.remove(digest);
    }

    @Override
    public void forEachBlob(Consumer<Digest> visitor) throws IOException {
        for (Digest.Algorithm algorithm : Digest.Algorithm.values()) {
            Path folder = blobs.resolve(algorithm.label());
            if (Files.isDirectory(folder)) {
                try (DirectoryStream<Path> shards = Files.newDirectoryStream(folder)) {
                    for (Path shard : shards) {
                        visit(algorithm, shard, visitor);
                    }
                }
            }
        }
    }

    private static void visit(Digest.Algorithm algorithm, Path shard, Consumer<Digest> visitor) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(shard)) {
            for (Path file : files) {
                Digest.parse(algorithm.label() + ":" + file.getFileName()).ifPresent(visitor);
            }
        }
    }

    @Override
    public void forEachUploadIdleSince(Instant limit, Consumer<UUID> visitor) throws IOException {
        FileTime latest = FileTime.from(limit);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(uploads)) {
            for (Path file : files) {
                UUID id = upload(file);
                if (id != null && isOlder(file, latest)) {
                    visitor.accept(id);
                }
            }
        }
    }

    private static @Nullable UUID upload(Path file) {
        String name = String.valueOf(file.getFileName());
        try {
            UUID id = UUID.fromString(name);
            return id.toString().equals(name) ? id : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean isOlder(Path file, FileTime limit) throws IOException {
        try {
            return Files.getLastModifiedTime(file).compareTo(limit) < 0;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public Room room() throws IOException {
        FileStore disk = Files.getFileStore(blobs);
        return new Room(disk.getTotalSpace(), disk.getUsableSpace());
    }

    @Override
    public void check() throws IOException {
        if (!Files.isWritable(uploads) || !Files.isWritable(blobs)) {
            throw new IOException("The folder of the blobs is not there or cannot be written to");
        }
    }

    @Override
    public String kind() {
        return "filesystem";
    }

    @Override
    public void close() {
        // Nothing runs in the background, and open streams belong to their readers.
    }

    private final class FileUpload implements Upload {

        private final UUID id;
        private final StagedFile file;
        private boolean ended;

        FileUpload(UUID id, StagedFile file) {
            this.id = id;
            this.file = file;
        }

        @Override
        public long size() {
            return file.size();
        }

        @Override
        public long append(InputStream content, long most, Watcher watcher) throws IOException {
            try {
                return file.append(content, most, watcher);
            } finally {
                touch(file.path());
            }
        }

        @Override
        public Digest digest(Digest.Algorithm algorithm) throws IOException {
            return file.digest(algorithm);
        }

        @Override
        public byte[] bytes() throws IOException {
            return file.bytes();
        }

        @Override
        public void commit(Digest digest) throws IOException {
            Path target = blob(digest);
            try {
                force();
                Path folder = durableFolder(digest);
                State state = State.of(file.path());
                Files.move(file.path(), target, StandardCopyOption.ATOMIC_MOVE);
                ended = true;
                proven.add(digest, state);
                Disk.force(folder);
            } catch (NoSuchFileException e) {
                throw new NoSuchUploadException(id);
            } catch (IOException e) {
                throw Disk.explain(e, uploads);
            }
        }

        @Override
        public boolean stored(Digest digest) {
            return Files.exists(blob(digest));
        }

        /** After a failed fsync nobody knows which bytes are on the disk, and a second one would not say so. */
        private void force() throws IOException {
            try {
                file.force();
            } catch (IOException e) {
                discard();
                throw e;
            }
        }

        @Override
        public void discard() throws IOException {
            ended = true;
            Files.deleteIfExists(file.path());
        }

        @Override
        public void close() throws IOException {
            RunningHash hash = file.hash();
            if (!ended && hash != null) {
                hashes.keep(id, hash);
            }
            try {
                file.close();
            } finally {
                resumed.remove(id);
            }
        }
    }

    /** The folder of a blob; made and noted on the disk the first time that this server needs it. */
    private Path durableFolder(Digest digest) throws IOException {
        Path algorithm = blobs.resolve(digest.algorithm().label());
        durable(algorithm, blobs);
        Path folder = algorithm.resolve(digest.hex().substring(0, 2));
        durable(folder, algorithm);
        return folder;
    }

    private void durable(Path folder, Path parent) throws IOException {
        if (!durableFolders.contains(folder)) {
            Files.createDirectories(folder);
            Disk.force(parent);
            durableFolders.add(folder);
        }
    }
}
