package dev.onda.report;

import dev.onda.evaluate.FirstFilter;
import dev.onda.evaluate.Robustness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** What a report says of sound: what noise, loudness and band do to a model, and what its first layer hears. */
record SoundSections(ModelReport report, Page page) {

    private static final int FILTERS = 4;

    void robustness() {
        Robustness robustness = report.robustness();
        page.section("robustness", "Noise, loudness, band");
        page.text(String.format(
                Locale.ROOT,
                "On %,d of the %,d clips; undisturbed %.1f %% of them are right (95 %% interval %s %%).",
                robustness.clips(),
                robustness.outOf(),
                100 * robustness.undisturbed().accuracy(),
                ReportPage.interval(robustness.undisturbed().interval())));
        if (!robustness.bySnrDb().isEmpty()) {
            String noise = report.partition().equals("training") ? "." : " that is not that of training.";
            disturbed(
                    "noise",
                    "Accuracy in noise",
                    "signal-to-noise ratio (dB)",
                    robustness.bySnrDb(),
                    "With a part of this corpus's background" + noise
                            + " The ratio counts the whole clip, with the silence around the word.");
        }
        disturbed(
                "gain",
                "Accuracy against loudness",
                "gain (dB)",
                robustness.byGainDb(),
                "Softer to the left; to the right the clips run into full scale.");
        if (!robustness.byRecordingHz().isEmpty()) {
            disturbed(
                    "band",
                    "Accuracy against the recording's sample rate",
                    "sample rate (Hz)",
                    robustness.byRecordingHz(),
                    "Recorded at a lower rate, a clip lacks what lies above half of it.");
        }
    }

    private void disturbed(String file, String title, String x, List<Robustness.Point> points, String text) {
        page.picture(file, accuracy(title, x, points), text);
        page.table(
                title,
                List.of(x, "accuracy (%)", "95 % interval (%)"),
                points.stream()
                        .map(p -> List.of(
                                String.format(Locale.ROOT, "%,.0f", p.setting()),
                                ReportPage.percent(p.accuracy()),
                                ReportPage.interval(p.interval())))
                        .toList());
    }

    private static LinePlot accuracy(String title, String x, List<Robustness.Point> points) {
        List<Robustness.Point> ascending = points.stream()
                .sorted(Comparator.comparingDouble(Robustness.Point::setting))
                .toList();
        double[] settings = each(ascending, Robustness.Point::setting);
        return new LinePlot(
                title,
                Axis.of(x),
                Axis.of("clips recognised (%)", 0, 100),
                List.of(
                        new LinePlot.Line(
                                "accuracy", settings, each(ascending, p -> 100 * p.accuracy()), LinePlot.Style.MARKED),
                        new LinePlot.Line(
                                "95 % interval: low",
                                settings,
                                each(ascending, p -> 100 * p.interval().low()),
                                LinePlot.Style.DASHED),
                        new LinePlot.Line(
                                "95 % interval: high",
                                settings,
                                each(ascending, p -> 100 * p.interval().high()),
                                LinePlot.Style.DASHED)));
    }

    void filters() {
        List<FirstFilter> filters = FirstFilter.of(report.model());
        if (filters.isEmpty()) {
            return;
        }
        double nyquist = report.model().input().sampleRateHz() / 2.0;
        float[][] responses = new float[filters.size()][];
        for (int i = 0; i < responses.length; i++) {
            double[] response = filters.get(i).responseDb();
            responses[i] = new float[response.length];
            for (int k = 0; k < response.length; k++) {
                responses[i][k] = (float) response[k];
            }
        }
        page.section("filters", "What the first layer hears");
        page.picture(
                "filters",
                new HeatPlot(
                        "Frequency responses of the learned filters",
                        Axis.of("frequency (Hz)", 0, nyquist),
                        Axis.of("filter, by its centre frequency", 0, filters.size()),
                        Axis.of("response (dB below its peak)", -40, 0),
                        responses),
                "A line a filter, the lowest at the bottom. Nobody told the network which frequencies to listen to.");
        List<LinePlot.Line> taps = new ArrayList<>();
        int shown = Math.min(FILTERS, filters.size());
        for (int i = 0; i < shown; i++) {
            FirstFilter filter = filters.get(i * (filters.size() - 1) / Math.max(1, shown - 1));
            taps.add(new LinePlot.Line(
                    String.format(Locale.ROOT, "%,.0f Hz #%d", filter.centreHz(), filter.channel()),
                    IntStream.range(0, filter.taps().length)
                            .mapToDouble(t -> 1e3 * t / (2 * nyquist))
                            .toArray(),
                    IntStream.range(0, filter.taps().length)
                            .mapToDouble(t -> filter.taps()[t])
                            .toArray(),
                    LinePlot.Style.PLAIN));
        }
        page.picture(
                "taps",
                new LinePlot("Some of them as they are", Axis.of("time (ms)"), Axis.of("weight"), taps),
                "What each sample under the filter is multiplied by.");
        page.folded(
                "All filters",
                List.of("filter", "centre (Hz)", "bandwidth (Hz)"),
                filters.stream()
                        .map(f -> List.of(
                                Integer.toString(f.channel()),
                                String.format(Locale.ROOT, "%,.0f", f.centreHz()),
                                String.format(Locale.ROOT, "%,.0f", f.bandwidthHz())))
                        .toList());
    }

    private static <T> double[] each(List<T> list, ToDoubleFunction<T> figure) {
        return list.stream().mapToDouble(figure).toArray();
    }
}
