package dev.onda.report;

import java.awt.Color;
import java.util.List;

/** Colours of a picture: for a light page, or for a dark one. */
enum Theme {
    LIGHT(new Color(0xFF, 0xFF, 0xFF), new Color(0x1B, 0x1F, 0x24), new Color(0xDD, 0xDD, 0xDD)),
    DARK(new Color(0x16, 0x1A, 0x1F), new Color(0xE6, 0xE8, 0xEB), new Color(0x3A, 0x41, 0x4A));

    /** After Okabe and Ito (2008), whose colours the colour-blind tell apart. */
    private static final List<Integer> ON_LIGHT = List.of(0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0x8A6D00, 0x56B4E9);
    /** Lighter ones. */
    private static final List<Integer> ON_DARK = List.of(0x56B4E9, 0xE69F00, 0x2BC79A, 0xE39BC4, 0xF0E442, 0xD55E00);

    private final Color paper;
    private final Color ink;
    private final Color grid;

    Theme(Color paper, Color ink, Color grid) {
        this.paper = paper;
        this.ink = ink;
        this.grid = grid;
    }

    Color paper() {
        return paper;
    }

    Color ink() {
        return ink;
    }

    Color grid() {
        return grid;
    }

    /** Colour of lines that are seen, but not one by one. */
    Color faint() {
        return this == LIGHT ? new Color(0xB5, 0xBA, 0xC0) : new Color(0x5A, 0x63, 0x6E);
    }

    /** Colour of the n-th series, from 0; after the last they begin again. */
    Color series(int n) {
        List<Integer> series = this == LIGHT ? ON_LIGHT : ON_DARK;
        return new Color(series.get(n % series.size()));
    }

    /** Name of its files. */
    String suffix() {
        return this == LIGHT ? "" : "-dark";
    }
}
