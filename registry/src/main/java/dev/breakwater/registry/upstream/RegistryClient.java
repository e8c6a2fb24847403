package dev.breakwater.registry.upstream;

import dev.breakwater.kernel.net.AddressGuard;
import dev.breakwater.kernel.time.TimeSource;

/** Talks to registries elsewhere: keeps the connections and the tokens that all calls share. */
public final class RegistryClient implements AutoCloseable {

    private final Connections connections;
    private final Authorizations authorizations;
    private final TimeSource time;

    /** Reaches only addresses that the guard permits. */
    public RegistryClient(AddressGuard guard, TimeSource time) {
        this.time = time;
        connections = new Connections(guard);
        authorizations = new Authorizations(connections, time);
    }

    /** A registry elsewhere; nothing is sent yet. */
    public RemoteRegistry to(Endpoint endpoint) {
        return new RemoteRegistry(endpoint, connections, authorizations, time);
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
