package dev.breakwater.registry.blob;

/**
 * How S3 wants large objects, in bytes.
 *
 * @param leastPart of all but the last part of an object
 * @param part that we choose for large objects
 * @param largestPut that is sent in one request
 * @param largestCopy that is copied in one request
 */
record S3Sizes(long leastPart, long part, long largestPut, long largestCopy) {

    private static final long MIB = 1L << 20;

    /** S3 allows 10,000. */
    private static final int MOST_PARTS = 9_000;

    /** What AWS allows, and others with it. */
    static final S3Sizes USUAL = new S3Sizes(5 * MIB, 64 * MIB, 64 * MIB, 5 * 1_024 * MIB);

    /** The length of the parts of an object that is made of equal ones. */
    long piece(long size) {
        return Math.max(part, size / MOST_PARTS + 1);
    }

    /** What a part must have when small pieces are gathered to an object of this size. */
    long leastPart(long size) {
        return Math.max(leastPart, size / MOST_PARTS + 1);
    }
}
