package dev.onda.studio;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * What the server did, for {@code /metrics}. The instruments are made after the start, of which they would be a tenth, or when one
 * is needed first.
 */
final class Meters {

    private volatile IntSupplier streams = () -> 0;
    private Optional<Instruments> instruments = Optional.empty();

    void recognized(long nanos) {
        instruments().recognitions.record(nanos, TimeUnit.NANOSECONDS);
    }

    void detected() {
        instruments().detections.increment();
    }

    void refused() {
        instruments().refusals.increment();
    }

    /** Says how many streams are open. */
    void streams(IntSupplier open) {
        streams = open;
    }

    /** All of it in the text format of Prometheus. */
    String text() {
        return instruments().registry.scrape();
    }

    /** Makes the instruments, unless they are there. */
    void warmUp() {
        instruments();
    }

    private synchronized Instruments instruments() {
        if (instruments.isEmpty()) {
            instruments = Optional.of(new Instruments(() -> streams.getAsInt()));
        }
        return instruments.get();
    }

    private static final class Instruments {

        private static final double MEDIAN = 0.5;
        private static final double SLOWEST = 0.99;

        private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        private final Timer recognitions = Timer.builder("onda.recognize")
                .description("From a clip's request to its answer")
                .publishPercentiles(MEDIAN, SLOWEST)
                .register(registry);
        private final Counter detections = Counter.builder("onda.detections")
                .description("Words heard in streams")
                .register(registry);
        private final Counter refusals = Counter.builder("onda.refusals")
                .description("Requests and streams that were refused")
                .register(registry);

        /** The usual binders ask the platform's management beans, whose start takes a tenth of the studio's. */
        Instruments(IntSupplier streams) {
            Gauge.builder("onda.streams", streams, IntSupplier::getAsInt)
                    .description("Streams that are open")
                    .strongReference(true)
                    .register(registry);
            Gauge.builder("jvm.memory.used", Instruments::heap)
                    .description("Heap in use")
                    .baseUnit("bytes")
                    .tag("area", "heap")
                    .register(registry);
        }

        private static double heap() {
            Runtime runtime = Runtime.getRuntime();
            return (double) runtime.totalMemory() - runtime.freeMemory();
        }
    }
}
