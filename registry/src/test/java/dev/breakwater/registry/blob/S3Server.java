package dev.breakwater.registry.blob;

import dev.breakwater.registry.BlobSettings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;

/** An S3 server that checks signatures, with its objects in a folder. */
final class S3Server {

    private static final String ACCESS_KEY = "breakwater";
    private static final String SECRET_KEY = "a-secret-of-the-test";

    private final S3Proxy server;
    private final FilesystemNio2BlobStore buckets;

    private S3Server(Path folder) throws Exception {
        buckets = new FilesystemNio2BlobStore(folder.toString());
        server = S3Proxy.builder()
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V4, ACCESS_KEY, SECRET_KEY)
                .blobStore(buckets)
                .build();
        server.start();
    }

    static S3Server start(Path folder) throws Exception {
        return new S3Server(folder);
    }

    void makeBucket(String name) {
        if (!buckets.containerExists(name)) {
            buckets.createContainer(name);
        }
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    BlobSettings.S3 settings(String bucket, String secretKey) {
        return new BlobSettings.S3(
                Optional.of(endpoint()),
                "us-east-1",
                bucket,
                "some/where/",
                Optional.of(new BlobSettings.Credentials(ACCESS_KEY, secretKey)),
                true);
    }

    BlobSettings.S3 settings(String bucket) {
        return settings(bucket, SECRET_KEY);
    }

    void stop() throws Exception {
        server.stop();
    }
}
