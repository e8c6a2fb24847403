package dev.breakwater.bench.events;

import dev.breakwater.bench.load.Load;
import dev.breakwater.bench.load.LoadGenerator;
import dev.breakwater.bench.load.Pace;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What comes before and after all scenarios. */
final class Preparation {

    /** Only the first events of a run are of this type: they lie behind everything that comes later. */
    static final String RARE_TYPE = "audit.sealed";

    private static final int RARE_EVENTS = 300;
    private static final int CHECKED = 200;
    private static final int WARM_UPS = 2;

    private Preparation() {}

    /** Lets the server's compiler see the code before the first measurement. */
    static void warmUp(Stage stage) throws IOException {
        stage.progress().say("warming up");
        Duration half = stage.effort().warmUp().multipliedBy(WARM_UPS);
        try (LoadGenerator generator = new LoadGenerator(stage.target().address(), 64)) {
            for (boolean keyed : new boolean[] {false, true}) {
                EventRequests requests =
                        new EventRequests(stage.target(), stage.numbers(), keyed, List.of("order.shipped"));
                Stage.requireSuccess(generator.run(Load.lasting(half, Pace.closed(), requests, stage.stored())));
            }
        }
    }

    /** Stores the events of the rare type. */
    static void storeRareEvents(Stage stage) throws IOException {
        try (LoadGenerator generator = new LoadGenerator(stage.target().address(), 4)) {
            Stage.requireSuccess(generator.run(new Load(
                    Pace.closed(),
                    new EventRequests(stage.target(), stage.numbers(), false, List.of(RARE_TYPE)),
                    stage.stored(),
                    Duration.ofSeconds(30),
                    RARE_EVENTS)));
        }
    }

    /** Retrieves a sample of what was accepted; answers how many of them, and how many came back as they were sent. */
    static String checkStored(Stage stage) throws IOException {
        List<Stored.Sample> samples = stage.stored().samples();
        int step = Math.max(1, samples.size() / CHECKED);
        int looked = 0;
        int sound = 0;
        for (int i = 0; i < samples.size(); i += step) {
            Stored.Sample sample = samples.get(i);
            looked++;
            if (stage.api().event(sample.id()).path("payload").path("n").asLong() == sample.number()) {
                sound++;
            }
        }
        return "%,d accepted events, %,d of their answers wrong; of %,d retrieved at the end %,d were as sent"
                .formatted(stage.stored().count(), stage.stored().wrong(), looked, sound);
    }
}
