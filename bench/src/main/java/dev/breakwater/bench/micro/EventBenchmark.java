package dev.breakwater.bench.micro;

import dev.breakwater.events.event.Event;
import dev.breakwater.events.event.EventJson;
import dev.breakwater.events.idempotency.Fingerprint;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.json.Json;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What is done with the body of each event, on the payload of the load harness. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EventBenchmark {

    private final byte[] payload = """
            {"n": 1000000000, "order_id": "ord_0192be7a3c4f", "carrier": "ups", "tracking": "1Z999AA10123456784",
             "amount_cents": 4200, "currency": "EUR", "lines": [{"sku": "KB-0071", "quantity": 1, "price": 39.90},
             {"sku": "CB-2210", "quantity": 2, "price": 1.05}], "address": {"city": "Lübeck", "zip": "23552"}}
            """.getBytes(StandardCharsets.UTF_8);

    private final Ids ids = new Ids(InstantSource.system());
    private final UUID id = ids.next();
    private final Event event =
            new Event(id, ids.next(), "order.shipped", Json.minify(payload, 0, payload.length), Ids.time(id));

    /** Drops the white space of a payload. */
    @Benchmark
    public byte[] minify() {
        return Json.minify(payload, 0, payload.length);
    }

    /** The canonical form and its hash, for requests with an idempotency key. */
    @Benchmark
    public byte[] fingerprint() {
        return Fingerprint.of(payload);
    }

    /** The body of the answer. */
    @Benchmark
    public byte[] answer() {
        return EventJson.write(event);
    }
}
