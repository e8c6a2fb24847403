package dev.breakwater.registry.upstream;

import dev.breakwater.kernel.net.AddressGuard;
import dev.breakwater.kernel.time.TimeSource;

/** Talks to registries elsewhere: keeps the connections and the tokens that all calls share. */
public final class RegistryClient implements AutoCloseable {

    private final Connections connections;
    private final Authorizations authorizations;
    private final TimeSource time;
    private final int largestManifest;

    /**
     * Reaches only addresses that the guard permits.
     *
     * @param largestManifest how many bytes of a manifest are taken
     */
    public RegistryClient(AddressGuard guard, TimeSource time, int largestManifest) {
        this.time = time;
        this.largestManifest = largestManifest;
        connections = new Connections(guard);
        authorizations = new Authorizations(connections, time);
    }

    /** A registry elsewhere; nothing is sent yet. */
    public RemoteRegistry to(Endpoint endpoint) {
        return new RemoteRegistry(endpoint, connections, authorizations, time, largestManifest);
    }

    /** The projects of a Harbor elsewhere; nothing is sent yet. */
    public RemoteProjects projects(Endpoint endpoint) {
        return new RemoteProjects(endpoint, connections);
    }

    @Override
    public void close() {
        connections.close();
    }
}
