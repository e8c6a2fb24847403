package dev.breakwater.registry.blob;

import dev.breakwater.registry.BlobSettings;
import dev.breakwater.registry.blob.BlobStore.NoRoomException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * A bucket with the few requests that a blob store needs. Every failure is an {@link IOException} that says which server
 * could not do what; an object that is not there is no failure.
 */
final class S3Bucket implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(10);
    private static final int CONNECTIONS = 128;
    private static final int NOT_FOUND = 404;
    private static final int BEYOND_THE_END = 416;
    private static final int INSUFFICIENT_STORAGE = 507;
    private static final Set<String> FULL =
            Set.of("XMinioStorageFull", "QuotaExceeded", "InsufficientStorage", "XAmzQuotaExceeded");
    private static final String BYTES = "application/octet-stream";

    private final S3Client client;
    private final String name;
    private final String place;

    S3Bucket(BlobSettings.S3 settings) {
        this.name = settings.bucket();
        this.place = settings.toString();
        this.client = client(settings);
    }

    private static S3Client client(BlobSettings.S3 settings) {
        AwsCredentialsProvider credentials = settings.credentials()
                .<AwsCredentialsProvider>map(given -> StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(given.accessKey(), given.secretKey())))
                .orElseGet(() -> DefaultCredentialsProvider.builder().build());
        // Many servers don't know the checksums that AWS has added; the digest of a blob says more than they do.
        S3ClientBuilder builder = S3Client.builder()
                .region(Region.of(settings.region()))
                .credentialsProvider(credentials)
                .forcePathStyle(settings.pathStyle())
                // A body signed piece by piece is new garbage for each piece, and not every server reads it.
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(false).build())
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(Apache5HttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(SILENCE)
                        .connectionAcquisitionTimeout(SILENCE)
                        .maxConnections(CONNECTIONS));
        settings.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    /** An object as a listing shows it. */
    record Listed(String key, long size) {}

    /** An object, or a part of it, being read. */
    record Content(InputStream stream, long length, long total, String etag) {}

    void check() throws IOException {
        call(() -> client.headBucket(
                request -> request.bucket(name).overrideConfiguration(limits -> limits.apiCallTimeout(SIGN_OF_LIFE))));
    }

    OptionalLong size(String key) throws IOException {
        return call(() -> {
            try {
                return OptionalLong.of(
                        client.headObject(request -> request.bucket(name).key(key))
                                .contentLength());
            } catch (S3Exception e) {
                return notFound(e, OptionalLong.empty());
            }
        });
    }

    /** Opens the bytes from {@code first} to {@code last}; empty when there is no such object. */
    Optional<Content> read(String key, long first, long last) throws IOException {
        return call(() -> {
            try {
                var stream = client.getObject(request -> {
                    request.bucket(name).key(key);
                    if (first > 0 || last < Long.MAX_VALUE) {
                        request.range("bytes=" + first + "-" + (last < Long.MAX_VALUE ? last : ""));
                    }
                });
                var head = stream.response();
                long length = head.contentLength();
                return Optional.of(new Content(
                        new S3Stream(stream, length), length, total(head.contentRange(), length), head.eTag()));
            } catch (S3Exception e) {
                if (e.statusCode() == BEYOND_THE_END) {
                    return Optional.of(new Content(InputStream.nullInputStream(), 0, Long.MAX_VALUE, ""));
                }
                return notFound(e, Optional.empty());
            }
        });
    }

    private static long total(@Nullable String range, long length) {
        return range == null ? length : Long.parseLong(range.substring(range.indexOf('/') + 1));
    }

    private static <T> T notFound(S3Exception failure, T absent) {
        if (failure.statusCode() == NOT_FOUND && !"NoSuchBucket".equals(code(failure))) {
            return absent;
        }
        throw failure;
    }

    void put(String key, byte[] content) throws IOException {
        call(() -> client.putObject(
                request -> request.bucket(name).key(key).contentType(BYTES), RequestBody.fromBytes(content)));
    }

    void put(String key, Path file) throws IOException {
        call(() -> client.putObject(
                request -> request.bucket(name).key(key).contentType(BYTES), RequestBody.fromFile(file)));
    }

    /** Copies within the bucket; false when the source isn't there. */
    boolean copy(String from, String to) throws IOException {
        return call(() -> {
            try {
                client.copyObject(request -> request.sourceBucket(name)
                        .sourceKey(from)
                        .destinationBucket(name)
                        .destinationKey(to));
                return true;
            } catch (S3Exception e) {
                return notFound(e, false);
            }
        });
    }

    void delete(String key) throws IOException {
        call(() -> client.deleteObject(request -> request.bucket(name).key(key)));
    }

    /** All objects whose keys begin so, a page at a time, in the order of their keys. */
    void forEach(String prefix, Visitor visitor) throws IOException {
        @Nullable String token = null;
        do {
            @Nullable String after = token;
            ListObjectsV2Response page = call(() -> client.listObjectsV2(
                    request -> request.bucket(name).prefix(prefix).continuationToken(after)));
            for (S3Object object : page.contents()) {
                visitor.see(new Listed(object.key(), object.size()));
            }
            token = Boolean.TRUE.equals(page.isTruncated()) ? page.nextContinuationToken() : null;
        } while (token != null);
    }

    /** Sees an object. */
    interface Visitor {
        void see(Listed object) throws IOException;
    }

    /** Begins an object that is made of parts. */
    Parts parts(String key) throws IOException {
        return new Parts(
                key,
                call(() -> client.createMultipartUpload(
                                request -> request.bucket(name).key(key).contentType(BYTES))
                        .uploadId()));
    }

    /** An object that is being made of parts; closing it before it is complete gives it up. */
    final class Parts implements AutoCloseable {

        private final String key;
        private final String id;
        private final List<CompletedPart> done = new ArrayList<>();
        private boolean complete;

        private Parts(String key, String id) {
            this.key = key;
            this.id = id;
        }

        void add(Path file, long offset, long length) throws IOException {
            RequestBody body = RequestBody.fromContentProvider(() -> slice(file, offset, length), length, BYTES);
            int number = done.size() + 1;
            add(call(() -> client.uploadPart(
                            request -> request.bucket(name)
                                    .key(key)
                                    .uploadId(id)
                                    .partNumber(number)
                                    .contentLength(length),
                            body)
                    .eTag()));
        }

        /** Adds a part of another object; false when that isn't there. */
        boolean copy(String from, long offset, long length) throws IOException {
            int number = done.size() + 1;
            Optional<String> etag = call(() -> {
                try {
                    return Optional.of(client.uploadPartCopy(request -> request.sourceBucket(name)
                                    .sourceKey(from)
                                    .copySourceRange("bytes=" + offset + "-" + (offset + length - 1))
                                    .destinationBucket(name)
                                    .destinationKey(key)
                                    .uploadId(id)
                                    .partNumber(number))
                            .copyPartResult()
                            .eTag());
                } catch (S3Exception e) {
                    return notFound(e, Optional.empty());
                }
            });
            if (etag.isPresent()) {
                add(etag.get());
            }
            return etag.isPresent();
        }

        private void add(String etag) {
            done.add(CompletedPart.builder()
                    .partNumber(done.size() + 1)
                    .eTag(etag)
                    .build());
        }

        void complete() throws IOException {
            call(() -> client.completeMultipartUpload(
                    request -> request.bucket(name).key(key).uploadId(id).multipartUpload(all -> all.parts(done))));
            complete = true;
        }

        @Override
        public void close() throws IOException {
            if (!complete) {
                call(() -> client.abortMultipartUpload(
                        request -> request.bucket(name).key(key).uploadId(id)));
            }
        }
    }

    private static InputStream slice(Path file, long offset, long length) {
        try {
            return new FileSlice(FileChannel.open(file, StandardOpenOption.READ), offset, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private <T> T call(Supplier<T> request) throws IOException {
        try {
            return request.get();
        } catch (S3Exception e) {
            IOException failure = new IOException("S3 refused: " + place + ": " + e.getMessage(), e);
            throw e.statusCode() == INSUFFICIENT_STORAGE || FULL.contains(code(e))
                    ? new NoRoomException(failure)
                    : failure;
        } catch (SdkException e) {
            throw new IOException("S3 cannot be reached: " + place + ": " + e.getMessage(), e);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static String code(S3Exception failure) {
        var details = failure.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : details.errorCode();
    }

    @Override
    public void close() {
        client.close();
    }
}
