package dev.breakwater.bench.events;

import dev.breakwater.bench.load.Receiver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Webhook endpoints that lead to one receiver, each for an event type of its own; removed at the end. */
final class Endpoints implements AutoCloseable {

    private final Stage stage;
    private final List<String> types;
    private final List<String> ids = new ArrayList<>();

    private Endpoints(Stage stage, List<String> types) {
        this.stage = stage;
        this.types = types;
    }

    static Endpoints create(Stage stage, Receiver receiver, int count) throws IOException {
        List<String> types = IntStream.rangeClosed(1, count)
                .mapToObj(i -> "parcel.arrived" + i)
                .toList();
        Endpoints endpoints = new Endpoints(stage, types);
        for (String type : types) {
            endpoints.ids.add(stage.api().createWebhook(receiver.endpoint("/" + type), type));
        }
        return endpoints;
    }

    /** The event type of each endpoint. */
    List<String> types() {
        return types;
    }

    @Override
    public void close() throws IOException {
        for (String id : ids) {
            stage.api().deleteWebhook(id);
        }
    }
}
