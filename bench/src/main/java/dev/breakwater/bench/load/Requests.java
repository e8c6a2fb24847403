package dev.breakwater.bench.load;

import java.nio.ByteBuffer;

/** Makes the requests of one run, ready to be sent. Used by one thread at a time. */
public interface Requests {

    /** The whole next request; its content is only valid until the next call. */
    ByteBuffer next();

    /** The number of the request that {@link #next} made last, by which its answer is recognized. */
    long number();
}
