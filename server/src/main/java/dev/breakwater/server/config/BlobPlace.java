package dev.breakwater.server.config;

/** Where blobs are kept. */
public enum BlobPlace {
    /** In the data folder. */
    FILES,
    /** In a bucket. */
    S3
}
