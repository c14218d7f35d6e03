package dev.onda.audio;

/**
 * What {@link Resampler} should give, written down from its documentation: in doubles, without tables, one output after
 * another.
 */
final class SlowResampler {

    private SlowResampler() {}

    static double[] resample(float[] samples, int fromHz, int toHz) {
        int length = (int) Math.ceilDiv((long) samples.length * toHz, (long) fromHz);
        double[] output = new double[length];
        double lowerHz = Math.min(fromHz, toHz);
        for (int n = 0; n < length; n++) {
            double sum = 0;
            double weights = 0;
            int center = (int) ((long) n * fromHz / toHz);
            int reach = (int) Math.ceil(58 * fromHz / lowerHz) + 1;
            for (int j = center - reach; j <= center + reach; j++) {
                long fromNow = (long) n * fromHz - (long) j * toHz;
                double weight = filter(fromNow / ((double) fromHz * toHz) * lowerHz);
                weights += weight;
                if (j >= 0 && j < samples.length) {
                    sum += weight * samples[j];
                }
            }
            output[n] = sum / weights;
        }
        return output;
    }

    /** The impulse response, unscaled; time in samples of the lower rate. */
    private static double filter(double time) {
        double place = time / 58;
        if (Math.abs(place) >= 1) {
            return 0;
        }
        double angle = Math.PI * 0.9425 * time;
        return (angle == 0 ? 1 : Math.sin(angle) / angle) * besselI0(10.4 * Math.sqrt(1 - place * place));
    }

    /** By the mean of exp(x cos t) over a turn, which the trapezium rule gives to all digits. */
    private static double besselI0(double x) {
        double sum = 0;
        int steps = 48;
        for (int i = 0; i < steps; i++) {
            sum += Math.exp(x * Math.cos(2 * Math.PI * i / steps));
        }
        return sum / steps;
    }
}
