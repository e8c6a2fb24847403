package dev.breakwater.registry.blob;

/** Takes a content piece by piece. */
@FunctionalInterface
interface PieceReader {

    /** The next piece: the first {@code count} of these bytes, which change after the call. */
    void take(byte[] bytes, int count);
}
