package dev.onda.studio;

import java.time.Duration;
import java.util.stream.IntStream;

/**
 * What one client may ask for, so that none takes the server from the others.
 *
 * @param bodyBytes largest body of a request
 * @param bodiesBytes memory for the bodies of all requests under way and what they are decoded to; who finds none waits, then is
 *     refused
 * @param clipSeconds longest clip
 * @param frameBytes largest message of a stream
 * @param streams most streams at once
 * @param watchers most pages that are told of events at once
 * @param connections most of all kinds at once
 * @param idle after how long without a byte a connection is closed
 * @param slowest how long a body may take
 */
public record Limits(
        int bodyBytes,
        int bodiesBytes,
        int clipSeconds,
        int frameBytes,
        int streams,
        int watchers,
        int connections,
        Duration idle,
        Duration slowest) {

    /**
     * @throws IllegalArgumentException if a limit is below 1, or the memory for all bodies does not hold one
     */
    public Limits {
        if (IntStream.of(bodyBytes, clipSeconds, frameBytes, streams, watchers, connections)
                                .min()
                                .orElseThrow()
                        < 1
                || idle.toMillis() < 1
                || slowest.toMillis() < 1) {
            throw new IllegalArgumentException("each limit is at least 1");
        }
        if (bodiesBytes / 6 < bodyBytes) {
            throw new IllegalArgumentException(
                    "memory for all bodies is at least six times that of one, " + bodyBytes + ", not " + bodiesBytes);
        }
    }

    /** For a machine of two cores: a minute of stereo sound at 48 kHz is a body, 200 streams keep up. */
    public static Limits defaults() {
        Duration patience = Duration.ofSeconds(30);
        return new Limits(12 << 20, 160 << 20, 60, 64 << 10, 200, 32, 1_000, patience, patience);
    }
}
