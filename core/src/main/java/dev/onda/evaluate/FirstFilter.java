package dev.onda.evaluate;

import dev.onda.model.Model;
import dev.onda.nn.Layer;
import dev.onda.nn.Network;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One channel of a convolution that hears the waveform itself, as the filter it is.
 *
 * @param channel its place in the layer
 * @param taps its kernel, at the model's sample rate; not copied
 * @param responseDb magnitude of its frequency response in decibels, 0 at its peak, {@value #FLOOR_DB} at least; {@value
 *     #POINTS} points from 0 to half the sample rate, both included; not copied
 * @param centreHz where the peak is, the lowest of equals, between the points by a parabola. Not the centroid: what a filter
 *     lets through everywhere, if ever so little, draws that to the middle
 * @param bandwidthHz from where to where around the peak at least half of its power passes, ends at 0 and half the sample rate
 */
public record FirstFilter(int channel, float[] taps, double[] responseDb, double centreHz, double bandwidthHz) {

    static final int POINTS = 256;
    static final double FLOOR_DB = -100;

    /**
     * The filters of a model's first layer, the lowest first; empty if that is no convolution. A delay before it changes
     * nothing, nor does a stride, except that what lies above the new half rate is folded down.
     */
    public static List<FirstFilter> of(Model model) {
        return model.network().layers().stream()
                .dropWhile(layer -> layer instanceof Layer.LookAhead)
                .limit(1)
                .flatMap(first -> of(model, first).stream())
                .toList();
    }

    private static List<FirstFilter> of(Model model, Layer first) {
        Network network = model.network();
        int rateHz = model.input().sampleRateHz();
        if (first instanceof Layer.Conv1d c) {
            return of(network.parameters(c).getFirst().values(), c.kernel(), c.dilation(), rateHz);
        }
        if (first instanceof Layer.SincConv1d c) {
            return of(network.kernels(c), c.kernel(), 1, rateHz);
        }
        return List.of();
    }

    /** @param kernels (channels, 1, taps), one channel after the other */
    private static List<FirstFilter> of(float[] kernels, int taps, int dilation, int rateHz) {
        return IntStream.range(0, kernels.length / taps)
                .mapToObj(channel -> {
                    float[] spread = new float[(taps - 1) * dilation + 1];
                    for (int k = 0; k < taps; k++) {
                        spread[k * dilation] = kernels[channel * taps + k];
                    }
                    return of(channel, spread, rateHz);
                })
                .sorted(Comparator.comparingDouble(FirstFilter::centreHz))
                .toList();
    }

    static FirstFilter of(int channel, float[] taps, int rateHz) {
        double[] power = power(taps);
        int peak = Evaluator.largest(power);
        double stepHz = rateHz / 2.0 / (POINTS - 1);
        double[] response = Arrays.stream(power)
                .map(p -> power[peak] == 0 ? FLOOR_DB : decibels(p / power[peak]))
                .toArray();
        double width = halfPower(power, peak, -1) + halfPower(power, peak, 1);
        return new FirstFilter(channel, taps, response, summit(response, peak) * stepHz, width * stepHz);
    }

    private static double decibels(double power) {
        return Math.max(FLOOR_DB, 10 * Math.log10(power));
    }

    /** The squared magnitude of the discrete-time Fourier transform, by its definition. */
    private static double[] power(float[] taps) {
        double[] power = new double[POINTS];
        for (int i = 0; i < POINTS; i++) {
            double angle = Math.PI * i / (POINTS - 1);
            double real = 0;
            double imaginary = 0;
            for (int k = 0; k < taps.length; k++) {
                real += taps[k] * Math.cos(angle * k);
                imaginary += taps[k] * Math.sin(angle * k);
            }
            power[i] = real * real + imaginary * imaginary;
        }
        return power;
    }

    /** The top of the parabola through three points in decibels (Smith and Serra 1987, section 4); the peak itself at an end. */
    private static double summit(double[] response, int peak) {
        if (peak == 0 || peak == POINTS - 1) {
            return peak;
        }
        double left = response[peak - 1];
        double right = response[peak + 1];
        double bend = left - 2 * response[peak] + right;
        return bend == 0 ? peak : peak + (left - right) / (2 * bend);
    }

    /** How many points from the peak, in one direction, the power falls to a half, between two points linearly. */
    private static double halfPower(double[] power, int peak, int direction) {
        double half = power[peak] / 2;
        int at = peak;
        while (at + direction >= 0 && at + direction < POINTS) {
            double here = power[at];
            double next = power[at + direction];
            if (next < half) {
                return Math.abs(at - peak) + (here - half) / (here - next);
            }
            at += direction;
        }
        return Math.abs(at - peak);
    }
}
