package dev.breakwater.registry;

import java.net.URI;
import java.util.Optional;

/** Which store keeps the blobs. */
public sealed interface BlobSettings {

    /** Files in the data folder. */
    record Files() implements BlobSettings {}

    /**
     * A bucket of an S3-compatible server. {@link #toString} leaves the keys out.
     *
     * @param endpoint of the server; empty for that of AWS in the region
     * @param region that requests are signed for
     * @param bucket that exists already
     * @param prefix of all keys, such as {@code breakwater/}; may be empty
     * @param credentials empty to take those of the machine, as the AWS tools do
     * @param pathStyle whether the bucket stands in the path and not in the host name
     */
    record S3(
            Optional<URI> endpoint,
            String region,
            String bucket,
            String prefix,
            Optional<Credentials> credentials,
            boolean pathStyle)
            implements BlobSettings {

        @Override
        public String toString() {
            return "bucket " + bucket + " at " + endpoint.map(URI::toString).orElse("AWS " + region);
        }
    }

    /** The name and the secret of an access key. */
    record Credentials(String accessKey, String secretKey) {

        @Override
        public String toString() {
            return "credentials";
        }
    }
}
