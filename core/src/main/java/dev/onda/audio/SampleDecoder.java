package dev.onda.audio;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Turns little-endian sample bytes into one channel of floats. No sizes are checked here: the reader has done so. */
final class SampleDecoder {

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private SampleDecoder() {}

    static int uint16(byte[] bytes, int at) {
        return (short) SHORT.get(bytes, at) & 0xFFFF;
    }

    static int int32(byte[] bytes, int at) {
        return (int) INT.get(bytes, at);
    }

    static long int64(byte[] bytes, int at) {
        return (long) LONG.get(bytes, at);
    }

    /**
     * Decodes whole frames and averages their channels.
     *
     * @return (frames), full scale is [-1, 1]; floating formats may hold more
     * @throws AudioFormatException if a floating sample is NaN, infinite or beyond the range of a float
     */
    static float[] decode(byte[] bytes, int at, int frames, WavFormat format, String source)
            throws AudioFormatException {
        if (format.sample().isFloat()) {
            return decodeFloats(bytes, at, frames, format, source);
        }
        if (format.sample() == SampleFormat.PCM_16 && format.channels() == 1) {
            return decodeMono16(bytes, at, frames);
        }
        return decodeIntegers(bytes, at, frames, format);
    }

    private static float[] decodeMono16(byte[] bytes, int at, int frames) {
        float[] samples = new float[frames];
        for (int i = 0; i < frames; i++) {
            samples[i] = (short) SHORT.get(bytes, at + 2 * i) * 0x1p-15f;
        }
        return samples;
    }

    private static float[] decodeIntegers(byte[] bytes, int at, int frames, WavFormat format) {
        SampleFormat sample = format.sample();
        int channels = format.channels();
        double fullScale = channels * (double) (1L << (sample.bits() - 1));
        float[] samples = new float[frames];
        int position = at;
        for (int frame = 0; frame < frames; frame++) {
            long sum = 0;
            for (int channel = 0; channel < channels; channel++, position += sample.bytes()) {
                sum += integer(bytes, position, sample);
            }
            samples[frame] = (float) (sum / fullScale);
        }
        return samples;
    }

    private static int integer(byte[] bytes, int at, SampleFormat sample) {
        return switch (sample) {
            case PCM_8 -> (bytes[at] & 0xFF) - 128;
            case PCM_16 -> (short) SHORT.get(bytes, at);
            case PCM_24 -> (bytes[at + 2] << 16) | uint16(bytes, at);
            case PCM_32 -> int32(bytes, at);
            case FLOAT_32, FLOAT_64 -> throw new IllegalArgumentException(sample + " holds no integers");
        };
    }

    private static float[] decodeFloats(byte[] bytes, int at, int frames, WavFormat format, String source)
            throws AudioFormatException {
        boolean single = format.sample() == SampleFormat.FLOAT_32;
        int channels = format.channels();
        float[] samples = new float[frames];
        int position = at;
        for (int frame = 0; frame < frames; frame++) {
            double sum = 0;
            for (int channel = 0;
                    channel < channels;
                    channel++, position += format.sample().bytes()) {
                double value = single
                        ? Float.intBitsToFloat(int32(bytes, position))
                        : Double.longBitsToDouble(int64(bytes, position));
                if (!Float.isFinite((float) value)) {
                    throw new AudioFormatException(
                            source, position, "sample is " + value + ", expected a finite number within float range");
                }
                sum += value;
            }
            samples[frame] = (float) (sum / channels);
        }
        return samples;
    }
}
