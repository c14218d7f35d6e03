package dev.onda.report;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.Locale;

/**
 * Values over two axes as colours, with a scale beside them.
 *
 * @param title what it shows
 * @param x both ends said
 * @param y both ends said
 * @param value what the colours say, with its unit; both ends said: what is outside has the colour of the end
 * @param values {@code values[row][column]}, the first row at the bottom; not copied
 */
record HeatPlot(String title, Axis x, Axis y, Axis value, float[][] values, int width, int height) implements Plot {

    private static final int WIDTH = 500;
    private static final int HEIGHT = 300;
    private static final int LEFT = 70;
    private static final int RIGHT = 110;
    private static final int TOP = 40;
    private static final int BOTTOM = 55;
    private static final int SCALE_WIDTH = 16;
    private static final int TICKS = 4;
    private static final int TICK = 5;
    private static final int SHADES = 256;
    private static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 13);
    private static final Font TEXT = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    /** Nine colours of viridis (Smith and van der Walt 2015), even steps apart; between them we interpolate. */
    private static final int[] VIRIDIS = {
        0x440154, 0x472D7B, 0x3B528B, 0x2C728E, 0x21918C, 0x28AE80, 0x5EC962, 0xADDC30, 0xFDE725
    };

    HeatPlot(String title, Axis x, Axis y, Axis value, float[][] values) {
        this(title, x, y, value, values, WIDTH, HEIGHT);
    }

    @Override
    public void paint(Graphics2D g, Theme theme) {
        int w = width - LEFT - RIGHT;
        int h = height - TOP - BOTTOM;
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        g.drawImage(cells(), LEFT, TOP, w, h, null);
        int scaleAt = width - RIGHT + 20;
        g.drawImage(scale(), scaleAt, TOP, SCALE_WIDTH, h, null);
        g.setColor(theme.ink());
        g.drawRect(LEFT, TOP, w, h);
        g.drawRect(scaleAt, TOP, SCALE_WIDTH, h);
        g.setFont(TITLE);
        centered(g, title, width / 2, TOP - 16);
        g.setFont(TEXT);
        FontMetrics font = g.getFontMetrics();
        for (int i = 0; i <= TICKS; i++) {
            int across = LEFT + i * w / TICKS;
            g.drawLine(across, TOP + h, across, TOP + h + TICK);
            centered(g, tick(x, i), across, TOP + h + TICK + font.getAscent() + 2);
            int up = TOP + h - i * h / TICKS;
            g.drawLine(LEFT - TICK, up, LEFT, up);
            String text = tick(y, i);
            g.drawString(text, LEFT - TICK - 3 - font.stringWidth(text), up + font.getAscent() / 2 - 1);
            g.drawLine(scaleAt + SCALE_WIDTH, up, scaleAt + SCALE_WIDTH + TICK, up);
            g.drawString(tick(value, i), scaleAt + SCALE_WIDTH + TICK + 3, up + font.getAscent() / 2 - 1);
        }
        centered(g, x.title(), LEFT + w / 2, height - 10);
        upright(g, y.title(), 16, TOP + h / 2);
        upright(g, value.title(), width - 10, TOP + h / 2);
    }

    private BufferedImage cells() {
        int rows = values.length;
        int columns = values[0].length;
        double low = value.from().orElseThrow();
        double high = value.to().orElseThrow();
        BufferedImage image = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                image.setRGB(column, rows - 1 - row, shade((values[row][column] - low) / (high - low)));
            }
        }
        return image;
    }

    private static BufferedImage scale() {
        BufferedImage image = new BufferedImage(1, SHADES, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < SHADES; i++) {
            image.setRGB(0, i, shade(1 - i / (SHADES - 1.0)));
        }
        return image;
    }

    private static int shade(double share) {
        double at = Math.clamp(share, 0, 1) * (VIRIDIS.length - 1);
        int i = Math.min((int) at, VIRIDIS.length - 2);
        Color from = new Color(VIRIDIS[i]);
        Color to = new Color(VIRIDIS[i + 1]);
        return new Color(
                        between(from.getRed(), to.getRed(), at - i),
                        between(from.getGreen(), to.getGreen(), at - i),
                        between(from.getBlue(), to.getBlue(), at - i))
                .getRGB();
    }

    private static int between(int from, int to, double share) {
        return (int) Math.round(from + share * (to - from));
    }

    private static String tick(Axis axis, int i) {
        double from = axis.from().orElseThrow();
        double at = from + i * (axis.to().orElseThrow() - from) / TICKS;
        return String.format(Locale.ROOT, at == Math.rint(at) ? "%,.0f" : "%.2f", at);
    }

    private static void centered(Graphics2D g, String text, int x, int y) {
        g.drawString(text, x - g.getFontMetrics().stringWidth(text) / 2, y);
    }

    private static void upright(Graphics2D g, String text, int x, int y) {
        AffineTransform before = g.getTransform();
        g.translate(x, y);
        g.rotate(-Math.PI / 2);
        centered(g, text, 0, 0);
        g.setTransform(before);
    }
}
