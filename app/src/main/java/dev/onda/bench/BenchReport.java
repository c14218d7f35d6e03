package dev.onda.bench;

import java.util.List;

/** All that was measured in one go: the peaks for one and for all threads, and the rows, network by network. */
public record BenchReport(List<Peak> peaks, List<BenchRow> rows) {

    public BenchReport {
        peaks = List.copyOf(peaks);
        rows = List.copyOf(rows);
    }
}
