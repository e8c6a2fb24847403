package dev.breakwater.registry.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.breakwater.registry.BlobSettings;
import dev.breakwater.registry.blob.BlobStore.DamagedBlobException;
import dev.breakwater.registry.blob.BlobStore.NoRoomException;
import dev.breakwater.registry.blob.BlobStore.NoSuchUploadException;
import dev.breakwater.registry.blob.BlobStore.Upload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBlobsTest extends BlobStoreContract {

    @TempDir
    private Path root = Path.of("");

    @Override
    BlobStore openStore() throws IOException {
        return new FileBlobs(root, time);
    }

    @Override
    int objects() throws IOException {
        return files(root).size();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(Files::isRegularFile).toList();
        }
    }

    private Path file(Digest digest) {
        return root.resolve("blobs/sha256/" + digest.hex().substring(0, 2) + "/" + digest.hex());
    }

    @Test
    void aBlobLiesUnderItsDigestAndAnUploadUnderItsId() throws IOException {
        Digest digest = push(Content.random(10));
        UUID id = UUID.randomUUID();
        store.begin(id).close();

        assertThat(file(digest)).hasBinaryContent(Content.random(10));
        assertThat(root.resolve("uploads/" + id)).isEmptyFile();
    }

    @Test
    void aPushHealsADamagedBlobOfWhateverSizeAndItsReaderIsNotDisturbed() throws IOException {
        byte[] content = Content.random(5_000);
        Digest digest = push(content);
        byte[] damaged = content.clone();
        damaged[2_500]++;
        for (byte[] remains : List.of(damaged, new byte[100])) {
            Files.write(file(digest), remains);
            try (InputStream reader = store.openUnchecked(digest)) {
                push(content);
                assertThat(reader.readAllBytes()).isEqualTo(remains);
            }
            assertThat(pull(digest)).isEqualTo(content);
        }
    }

    @Test
    void aDamagedBlobIsNeverReadToItsEnd() throws IOException {
        byte[] content = Content.random(1_000_000);
        Digest digest = push(content);
        assertThat(pull(digest)).isEqualTo(content);
        try (RandomAccessFile file = new RandomAccessFile(file(digest).toFile(), "rw")) {
            file.seek(500_000);
            file.write(~content[500_000]);
        }

        for (int attempt = 0; attempt < 2; attempt++) {
            ByteArrayOutputStream sent = new ByteArrayOutputStream();
            try (InputStream in = store.open(digest)) {
                assertThatExceptionOfType(DamagedBlobException.class)
                        .isThrownBy(() -> in.transferTo(sent))
                        .withMessage("The blob " + digest + " is damaged");
                assertThatExceptionOfType(DamagedBlobException.class).isThrownBy(in::read);
            }
            assertThat(sent.size()).isLessThan(content.length);
        }
        try (InputStream in = store.open(digest, 0, content.length)) {
            assertThatExceptionOfType(DamagedBlobException.class).isThrownBy(in::readAllBytes);
        }
    }

    @Test
    void aDamagedSmallBlobGivesNothing() throws IOException {
        Digest digest = push(Content.random(100));
        Files.write(file(digest), Content.random(99));

        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        try (InputStream in = store.open(digest)) {
            assertThatExceptionOfType(DamagedBlobException.class).isThrownBy(() -> in.transferTo(sent));
        }
        assertThat(sent.size()).isZero();
    }

    /** Damage that leaves size and time of the file as they were is found when a day has passed, or by a scrub. */
    @Test
    void aBlobIsHashedAgainAfterADay() throws IOException {
        byte[] content = Content.random(1_000);
        Digest digest = push(content);
        FileTime written = Files.getLastModifiedTime(file(digest));
        try (RandomAccessFile file = new RandomAccessFile(file(digest).toFile(), "rw")) {
            file.write(~content[0]);
        }
        Files.setLastModifiedTime(file(digest), written);

        time.advance(Duration.ofDays(1));

        try (InputStream in = store.open(digest)) {
            assertThatExceptionOfType(DamagedBlobException.class).isThrownBy(in::readAllBytes);
        }
    }

    @Test
    void anUploadThatAnotherServerEndedCannotBecomeABlob() throws IOException {
        UUID id = UUID.randomUUID();
        try (Upload upload = store.begin(id)) {
            upload.append(Content.of(Content.random(10)), 10);
            try (Upload same = another().resume(id)) {
                same.discard();
            }
            assertThatExceptionOfType(NoSuchUploadException.class)
                    .isThrownBy(() -> upload.commit(upload.digest(Digest.Algorithm.SHA256)));
        }
        assertThat(objects()).isZero();
    }

    @Test
    void otherFilesInTheFolderAreLeftAlone() throws IOException {
        Digest digest = push(Content.random(10));
        Files.writeString(file(digest).resolveSibling(".nfs0001"), "x");
        Files.writeString(root.resolve("uploads/README"), "x");
        time.advance(Duration.ofDays(30));

        store.forEachBlob(named -> assertThat(named).isEqualTo(digest));
        store.forEachUploadIdleSince(time.instant(), id -> assertThat(id).isNull());
    }

    @Test
    void otherUsersOfTheMachineCannotEnterTheFolder() throws IOException {
        Path data = root.resolve("data");
        BlobStores.open(new BlobSettings.Files(), data.resolve("blobs"), time).close();

        assertThat(Files.getPosixFilePermissions(data.resolve("blobs")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Files.getPosixFilePermissions(data)).contains(PosixFilePermission.OTHERS_EXECUTE);
    }

    /** On a file system of 8 MiB, which only root can make. */
    @Test
    void aFullDiskLosesNothingAndWorksAgainWhenThereIsRoom() throws Exception {
        Path small = Files.createDirectory(root.resolve("small"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", small.toString()), "needs root to mount");
        try (BlobStore full = new FileBlobs(small, time)) {
            byte[] kept = Content.random(3 << 20);
            Digest digest = push(full, kept);
            byte[] begun = Content.random(1 << 20);
            UUID id = UUID.randomUUID();
            try (Upload upload = full.begin(id)) {
                upload.append(Content.of(begun), begun.length);

                assertThatExceptionOfType(NoRoomException.class)
                        .isThrownBy(() -> upload.append(Content.of(Content.random(6 << 20)), 6 << 20));
                assertThat(upload.size()).isEqualTo(begun.length);
                assertThat(Files.size(small.resolve("uploads/" + id))).isEqualTo(begun.length);
            }
            try (InputStream in = full.open(digest)) {
                assertThat(in.readAllBytes()).isEqualTo(kept);
            }
            full.delete(digest);
            try (Upload upload = full.resume(id)) {
                upload.append(Content.of(begun), begun.length);
                assertThat(upload.digest(Digest.Algorithm.SHA256))
                        .isEqualTo(Digest.sha256(Content.joined(begun, begun)));
                upload.commit(upload.digest(Digest.Algorithm.SHA256));
            }
            assertThat(full.size(Digest.sha256(Content.joined(begun, begun)))).hasValue(2 << 20);
        } finally {
            run("umount", small.toString());
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
