package dev.breakwater.bench.registry;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/** A registry that is measured. */
interface Side extends AutoCloseable {

    /** What the table calls it. */
    String name();

    /** Where it is, plain HTTP. */
    URI url();

    /** What a client shows to pull from and push to a repository, as clients do after asking for a token; may be empty. */
    String authorization(String repository) throws IOException;

    /** The processor time that it has taken so far, its database included; zero where that can't be known. */
    Duration processorTime();

    @Override
    void close() throws IOException;

    /** A connection for one repository. */
    default Connection connect(String repository) throws IOException {
        return new Connection(url(), authorization(repository));
    }
}
