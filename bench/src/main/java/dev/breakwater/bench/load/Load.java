package dev.breakwater.bench.load;

import java.time.Duration;

/**
 * What one run is to do.
 *
 * @param pace when each request starts
 * @param requests which ones
 * @param answers who is told of the answers
 * @param duration no request starts later than this after the run's beginning
 * @param atMost the run also ends after so many requests
 */
public record Load(Pace pace, Requests requests, Answers answers, Duration duration, long atMost) {

    /** A run that is limited by time alone. */
    public static Load lasting(Duration duration, Pace pace, Requests requests, Answers answers) {
        return new Load(pace, requests, answers, duration, Long.MAX_VALUE);
    }
}
