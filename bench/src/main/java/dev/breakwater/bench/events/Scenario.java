package dev.breakwater.bench.events;

import dev.breakwater.bench.report.Figure;
import java.io.IOException;
import java.util.List;

/** One kind of load and what is read off it. */
interface Scenario {

    /** What it measures, in the words of the progress lines. */
    String title();

    /** Runs it. An {@link IOException} means that it could not be measured, and says why. */
    List<Figure> run(Stage stage) throws IOException;
}
