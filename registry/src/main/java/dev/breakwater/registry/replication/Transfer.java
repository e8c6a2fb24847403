package dev.breakwater.registry.replication;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.registry.blob.BlobStore;
import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.manifest.Manifest;
import dev.breakwater.registry.manifest.ManifestStore;
import dev.breakwater.registry.manifest.TagStore;
import dev.breakwater.registry.repository.RepositoryStore;
import dev.breakwater.registry.upstream.RemoteRegistry;
import dev.breakwater.registry.upstream.UpstreamException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Copies manifests with all that belongs to them to another registry: the children of an index, blobs, and what refers to
 * them, such as signatures. What is there already is not sent again.
 */
final class Transfer {

    /** How deep indexes may lie in indexes, and referrers refer to referrers. */
    private static final int DEEPEST = 8;

    private final Database database;
    private final BlobStore blobs;
    private final RemoteRegistry remote;
    private final String repository;
    private final Checkpoint checkpoint;
    private final JobLog log;
    private final Set<Digest> sent = new HashSet<>();

    /** Asks between two steps whether to go on. */
    @FunctionalInterface
    interface Checkpoint {
        /** Returns when the job is still wanted; throws when it is not. */
        void pass() throws AbandonedException;
    }

    /** Nobody wants the job any more, or another node has taken it over. */
    static final class AbandonedException extends Exception {
        private static final long serialVersionUID = 1;
    }

    Transfer(
            Database database,
            BlobStore blobs,
            RemoteRegistry remote,
            String repository,
            Checkpoint checkpoint,
            JobLog log) {
        this.database = database;
        this.blobs = blobs;
        this.remote = remote;
        this.repository = repository;
        this.checkpoint = checkpoint;
        this.log = log;
    }

    /** Copies these tags and digests of a repository, or all tags when none are named. */
    void copy(long project, List<String> references) throws IOException, AbandonedException {
        Optional<Long> id = database.query(handle -> RepositoryStore.findId(handle, project, repository));
        if (id.isEmpty()) {
            log.info("the repository is gone, there is nothing to copy");
            return;
        }
        List<String> wanted = references.isEmpty()
                ? database.query(handle -> TagStore.names(handle, id.get(), null, null))
                : references;
        for (String reference : wanted) {
            checkpoint.pass();
            Optional<Manifest> manifest =
                    database.query(handle -> ManifestStore.findNamed(handle, id.get(), reference));
            if (manifest.isEmpty()) {
                log.info(reference + " is gone, there is nothing to copy");
            } else {
                copy(manifest.get(), reference, 0);
            }
        }
    }

    private void copy(Manifest manifest, String reference, int depth) throws IOException, AbandonedException {
        if (remote.resolve(repository, reference)
                .filter(manifest.digest()::equals)
                .isPresent()) {
            log.info(reference + " is there already");
        } else {
            send(manifest, reference, depth);
        }
        if (depth < DEEPEST) {
            for (Manifest referrer : database.query(
                    handle -> ManifestStore.referrers(handle, manifest.repositoryId(), manifest.digest()))) {
                if (sent.add(referrer.digest())) {
                    copy(referrer, referrer.digest().toString(), depth + 1);
                }
            }
        }
    }

    private void send(Manifest manifest, String reference, int depth) throws IOException, AbandonedException {
        if (depth < DEEPEST) {
            for (Manifest child : database.query(handle -> ManifestStore.children(handle, manifest.id()))) {
                if (sent.add(child.digest())) {
                    copy(child, child.digest().toString(), depth + 1);
                }
            }
        }
        for (Digest blob : database.query(handle -> NamedBlobStore.list(handle, manifest.id()))) {
            checkpoint.pass();
            send(blob);
        }
        Optional<byte[]> content = database.query(handle -> ManifestStore.content(handle, manifest.id()));
        if (content.isPresent()) {
            checkpoint.pass();
            remote.put(repository, reference, manifest.mediaType(), content.get());
            log.info("copied " + reference + ", " + manifest.digest());
        }
    }

    private void send(Digest blob) throws IOException {
        if (remote.hasBlob(repository, blob)) {
            return;
        }
        OptionalLong size = blobs.size(blob);
        if (size.isEmpty()) {
            throw new IOException("The blob " + blob + " is missing here");
        }
        try (InputStream content = blobs.open(blob, 0, size.getAsLong())) {
            remote.upload(repository, blob, size.getAsLong(), content, 0);
        }
        log.info("copied the blob " + blob + ", " + size.getAsLong() + " bytes");
    }

    /** Removes tags and digests on the other side; what is not there need not be removed. */
    void remove(List<String> references) throws IOException, AbandonedException {
        for (String reference : references) {
            checkpoint.pass();
            log.info((delete(reference) ? "removed " : "not there: ") + reference);
        }
    }

    private boolean delete(String reference) throws IOException {
        try {
            return remote.delete(repository, reference);
        } catch (UpstreamException refused) {
            // Many registries delete by digest only.
            if (refused.reason() != UpstreamException.Reason.REFUSED
                    || Digest.parse(reference).isPresent()) {
                throw refused;
            }
            Optional<Digest> digest = remote.resolve(repository, reference);
            return digest.isPresent() && remote.delete(repository, digest.get().toString());
        }
    }
}
