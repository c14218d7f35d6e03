package dev.onda.report;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import javax.imageio.ImageIO;

/** A picture that is drawn from data, for a light page or a dark one. */
sealed interface Plot permits LinePlot, BarPlot, HeatPlot {

    /** Pixels of a picture for each of its units: sharp on fine screens. */
    int SHARPNESS = 2;

    /** What it shows. */
    String title();

    /** In units, which are pixels on a coarse screen. */
    int width();

    int height();

    /** Draws it at the origin, {@link #width} by {@link #height}. */
    void paint(Graphics2D g, Theme theme);

    /** The picture as a PNG file. */
    default byte[] png(Theme theme) {
        return png(theme, width(), height(), g -> paint(g, theme));
    }

    /** What is painted on paper of some size, as a PNG file. */
    static byte[] png(Theme theme, int width, int height, Consumer<Graphics2D> painter) {
        BufferedImage image = new BufferedImage(SHARPNESS * width, SHARPNESS * height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = image.createGraphics();
        try {
            g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            g.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            g.setColor(theme.paper());
            g.fillRect(0, 0, image.getWidth(), image.getHeight());
            g.scale(SHARPNESS, SHARPNESS);
            painter.accept(g);
        } finally {
            g.dispose();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
