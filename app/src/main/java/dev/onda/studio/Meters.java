package dev.onda.studio;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** What the server did, for {@code /metrics}. Made when it is first needed, as it would be a tenth of the studio's start. */
final class Meters {

    private IntSupplier streams = () -> 0;
    private Optional<Registered> made = Optional.empty();

    void recognized(long nanos) {
        made().recognitions.record(nanos, TimeUnit.NANOSECONDS);
    }

    void detected() {
        made().detections.increment();
    }

    void refused() {
        made().refusals.increment();
    }

    /** Says how many streams are open. */
    synchronized void streams(IntSupplier open) {
        streams = open;
    }

    /** All of it in the text format of Prometheus. */
    String text() {
        return made().registry.scrape();
    }

    private synchronized Registered made() {
        if (made.isEmpty()) {
            made = Optional.of(new Registered(streams));
        }
        return made.get();
    }

    private static final class Registered {

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

        /** The usual binders ask the platform's management beans, whose start takes a tenth of the studio's, too. */
        Registered(IntSupplier streams) {
            Gauge.builder("onda.streams", streams, IntSupplier::getAsInt)
                    .description("Streams that are open")
                    .strongReference(true)
                    .register(registry);
            Gauge.builder("jvm.memory.used", Registered::heap)
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
