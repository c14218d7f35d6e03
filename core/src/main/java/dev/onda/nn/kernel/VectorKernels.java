package dev.onda.nn.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * The kernels on the Vector API, at the processor's preferred vector length. Long, since {@link Kernels} is one interface: what
 * is more than a loop stands in classes of its own.
 */
public final class VectorKernels implements Kernels {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> SI = IntVector.SPECIES_PREFERRED;
    private static final int V = S.length();
    /**
     * Whether sums may take more than 16 registers: processors with vectors of 512 bits have 32. Of those with shorter ones
     * some have 32, too (Arm), but hardly gain from it.
     */
    static final boolean MANY_REGISTERS = V >= 16;

    private static final Kernels SCALAR = new ScalarKernels();
    /** Elements added up in float before they go on in double. */
    private static final int STRETCH = 1024;

    private static final VectorShuffle<Float> BY_8 = rotation(8);
    private static final VectorShuffle<Float> BY_4 = rotation(4);
    private static final VectorShuffle<Float> BY_2 = rotation(2);
    private static final VectorShuffle<Float> BY_1 = rotation(1);

    @Override
    public String description() {
        return "vector (" + S.vectorBitSize() + " bit)";
    }

    @Override
    public int productRows() {
        return VectorProduct.BLOCK;
    }

    @Override
    public void product(RowProduct p, float[] w, int wAt, float[] x, int xAt, float[] y, int yAt) {
        VectorProduct.product(p, w, wAt, x, xAt, y, yAt);
    }

    @Override
    public void cross(RowCross p, float[] lanes, float[] a, int aAt, float[] x, int xAt) {
        VectorCross.cross(p, lanes, a, aAt, x, xAt);
    }

    @Override
    public void slide(SlidingRow p, float[] w, int wAt, float bias, float[] x, int xAt, float[] y, int yAt) {
        VectorSliding.slide(p, w, wAt, bias, x, xAt, y, yAt);
    }

    @Override
    public void slidingSums(SlidingRow p, float[] sums, int sumsAt, float[] a, int aAt, float[] x, int xAt) {
        VectorSliding.sums(p, sums, sumsAt, a, aAt, x, xAt);
    }

    @Override
    public void fft(
            Spectrum s, float[] x, int re, int im, int step, float[] y, int yRe, int yIm, int yStep, float[] scratch) {
        if (VectorFft.has(s.points())) {
            VectorFft.fft(s.points(), x, re, im, step, y, yRe, yIm, yStep, scratch);
        } else {
            SCALAR.fft(s, x, re, im, step, y, yRe, yIm, yStep, scratch);
        }
    }

    @Override
    public void multiply(SpectrumProduct p, float[] x, int xAt, float[] w, int wAt, float[] y, int yAt) {
        VectorSpectra.multiply(p, x, xAt, w, wAt, y, yAt);
    }

    @Override
    public boolean hasFastFft(Spectrum s) {
        return VectorFft.has(s.points());
    }

    @Override
    public void add(float[] x, int xAt, float[] y, int yAt, int n) {
        int i = 0;
        for (; i + V <= n; i += V) {
            FloatVector.fromArray(S, y, yAt + i)
                    .add(FloatVector.fromArray(S, x, xAt + i))
                    .intoArray(y, yAt + i);
        }
        if (i < n) {
            VectorMask<Float> mask = S.indexInRange(i, n);
            FloatVector.fromArray(S, y, yAt + i, mask)
                    .add(FloatVector.fromArray(S, x, xAt + i, mask))
                    .intoArray(y, yAt + i, mask);
        }
    }

    @Override
    public void pool(float[] x, int xAt, float[] y, int yAt, PoolRow row, long[] first, int firstAt) {
        if (VectorPool.takes(row)) {
            VectorPool.pool(x, xAt, y, yAt, row, first, firstAt);
        } else {
            SCALAR.pool(x, xAt, y, yAt, row, first, firstAt);
        }
    }

    @Override
    public void unpool(float[] dy, int dyAt, PoolRow row, long[] first, int firstAt, float[] dx, int dxAt) {
        if (VectorPool.takes(row)) {
            VectorPool.unpool(dy, dyAt, row, first, firstAt, dx, dxAt);
        } else {
            SCALAR.unpool(dy, dyAt, row, first, firstAt, dx, dxAt);
        }
    }

    @Override
    public void transpose(float[] x, int xAt, float[] y, int yAt, int rows, int columns) {
        VectorTranspose.transpose(x, xAt, y, yAt, rows, columns);
    }

    @Override
    public void outer(OuterSum p, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt) {
        VectorOuter.outer(p, a, aAt, b, bAt, c, cAt);
    }

    @Override
    public double sum(float[] x, int at, int n) {
        double total = 0;
        for (int from = 0; from < n; from += STRETCH) {
            int to = Math.min(n, from + STRETCH);
            FloatVector s0 = FloatVector.zero(S);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            int i = from;
            for (; i + 4 * V <= to; i += 4 * V) {
                s0 = s0.add(FloatVector.fromArray(S, x, at + i));
                s1 = s1.add(FloatVector.fromArray(S, x, at + i + V));
                s2 = s2.add(FloatVector.fromArray(S, x, at + i + 2 * V));
                s3 = s3.add(FloatVector.fromArray(S, x, at + i + 3 * V));
            }
            for (; i + V <= to; i += V) {
                s0 = s0.add(FloatVector.fromArray(S, x, at + i));
            }
            if (i < to) {
                s0 = s0.add(FloatVector.fromArray(S, x, at + i, S.indexInRange(i, to)));
            }
            total += added(s0.add(s1).add(s2.add(s3)));
        }
        return total;
    }

    /**
     * The sum of the lanes, halves first. The API's own reduction may add in any order, and does so differently before and
     * after it is compiled.
     */
    private static float added(FloatVector lanes) {
        FloatVector s = lanes;
        if (V >= 16) {
            s = s.add(s.rearrange(BY_8));
        }
        if (V >= 8) {
            s = s.add(s.rearrange(BY_4));
        }
        if (V >= 4) {
            s = s.add(s.rearrange(BY_2));
        }
        return s.add(s.rearrange(BY_1)).lane(0);
    }

    private static VectorShuffle<Float> rotation(int lanes) {
        return VectorShuffle.fromOp(S, lane -> (lane + lanes) % V);
    }

    @Override
    public double sumOfSquares(float[] x, int at, int n, float mean) {
        double total = 0;
        for (int from = 0; from < n; from += STRETCH) {
            int to = Math.min(n, from + STRETCH);
            FloatVector s0 = FloatVector.zero(S);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            int i = from;
            for (; i + 4 * V <= to; i += 4 * V) {
                FloatVector d0 = FloatVector.fromArray(S, x, at + i).sub(mean);
                FloatVector d1 = FloatVector.fromArray(S, x, at + i + V).sub(mean);
                FloatVector d2 = FloatVector.fromArray(S, x, at + i + 2 * V).sub(mean);
                FloatVector d3 = FloatVector.fromArray(S, x, at + i + 3 * V).sub(mean);
                s0 = d0.fma(d0, s0);
                s1 = d1.fma(d1, s1);
                s2 = d2.fma(d2, s2);
                s3 = d3.fma(d3, s3);
            }
            for (; i + V <= to; i += V) {
                FloatVector d = FloatVector.fromArray(S, x, at + i).sub(mean);
                s0 = d.fma(d, s0);
            }
            if (i < to) {
                VectorMask<Float> mask = S.indexInRange(i, to);
                FloatVector d = FloatVector.zero(S)
                        .blend(FloatVector.fromArray(S, x, at + i, mask).sub(mean), mask);
                s0 = d.fma(d, s0);
            }
            total += added(s0.add(s1).add(s2.add(s3)));
        }
        return total;
    }

    @Override
    public double dotCentered(float[] a, int aAt, float[] x, int xAt, int n, float mean) {
        double total = 0;
        for (int from = 0; from < n; from += STRETCH) {
            int to = Math.min(n, from + STRETCH);
            FloatVector s0 = FloatVector.zero(S);
            FloatVector s1 = s0;
            FloatVector s2 = s0;
            FloatVector s3 = s0;
            int i = from;
            for (; i + 4 * V <= to; i += 4 * V) {
                FloatVector d0 = FloatVector.fromArray(S, x, xAt + i).sub(mean);
                FloatVector d1 = FloatVector.fromArray(S, x, xAt + i + V).sub(mean);
                FloatVector d2 = FloatVector.fromArray(S, x, xAt + i + 2 * V).sub(mean);
                FloatVector d3 = FloatVector.fromArray(S, x, xAt + i + 3 * V).sub(mean);
                s0 = FloatVector.fromArray(S, a, aAt + i).fma(d0, s0);
                s1 = FloatVector.fromArray(S, a, aAt + i + V).fma(d1, s1);
                s2 = FloatVector.fromArray(S, a, aAt + i + 2 * V).fma(d2, s2);
                s3 = FloatVector.fromArray(S, a, aAt + i + 3 * V).fma(d3, s3);
            }
            for (; i + V <= to; i += V) {
                FloatVector d = FloatVector.fromArray(S, x, xAt + i).sub(mean);
                s0 = FloatVector.fromArray(S, a, aAt + i).fma(d, s0);
            }
            if (i < to) {
                VectorMask<Float> mask = S.indexInRange(i, to);
                FloatVector d = FloatVector.fromArray(S, x, xAt + i, mask).sub(mean);
                s0 = FloatVector.fromArray(S, a, aAt + i, mask).fma(d, s0);
            }
            total += added(s0.add(s1).add(s2.add(s3)));
        }
        return total;
    }

    @Override
    public void scaleShift(float[] x, int xAt, float[] y, int yAt, int n, float scale, float shift) {
        FloatVector a = FloatVector.broadcast(S, scale);
        FloatVector b = FloatVector.broadcast(S, shift);
        int i = 0;
        for (; i + V <= n; i += V) {
            FloatVector.fromArray(S, x, xAt + i).fma(a, b).intoArray(y, yAt + i);
        }
        if (i < n && n > V && x != y) {
            // One that overlaps the one before: where there are no mask registers, it is far faster than a mask.
            FloatVector.fromArray(S, x, xAt + n - V).fma(a, b).intoArray(y, yAt + n - V);
        } else if (i < n) {
            VectorMask<Float> mask = S.indexInRange(i, n);
            FloatVector.fromArray(S, x, xAt + i, mask).fma(a, b).intoArray(y, yAt + i, mask);
        }
    }

    @Override
    public void combine(float[] y, int yAt, float[] x, int xAt, int n, float a, float b, float c) {
        FloatVector va = FloatVector.broadcast(S, a);
        FloatVector vb = FloatVector.broadcast(S, b);
        FloatVector vc = FloatVector.broadcast(S, c);
        int i = 0;
        for (; i + V <= n; i += V) {
            FloatVector rest = FloatVector.fromArray(S, x, xAt + i).fma(vb, vc);
            FloatVector.fromArray(S, y, yAt + i).fma(va, rest).intoArray(y, yAt + i);
        }
        if (i < n) {
            VectorMask<Float> mask = S.indexInRange(i, n);
            FloatVector rest = FloatVector.fromArray(S, x, xAt + i, mask).fma(vb, vc);
            FloatVector.fromArray(S, y, yAt + i, mask).fma(va, rest).intoArray(y, yAt + i, mask);
        }
    }

    @Override
    public void activate(Activation f, float[] x, int at, int n) {
        int end = at + n;
        int i = at;
        for (; i + V <= end; i += V) {
            apply(f, FloatVector.fromArray(S, x, i)).intoArray(x, i);
        }
        if (i < end) {
            VectorMask<Float> mask = S.indexInRange(i, end);
            apply(f, FloatVector.fromArray(S, x, i, mask)).intoArray(x, i, mask);
        }
    }

    private static FloatVector apply(Activation f, FloatVector x) {
        return switch (f) {
            case RELU -> x.max(0);
            case TANH -> tanh(x);
        };
    }

    /**
     * The rational minimax approximation x P(x^2) / Q(x^2) of degree 13 over 6 on [-7.9, 7.9] (coefficients: Eigen,
     * MathFunctionsImpl.h), beyond which tanh is 1 to within 3e-7. The quotient is taken before the factor x, as P times a
     * subnormal x would lose digits.
     */
    private static FloatVector tanh(FloatVector in) {
        FloatVector x = in.max(-7.905311f).min(7.905311f);
        FloatVector q = x.mul(x);
        FloatVector p = q.mul(-2.7607684e-16f).add(2.000188e-13f);
        p = p.fma(q, FloatVector.broadcast(S, -8.604672e-11f));
        p = p.fma(q, FloatVector.broadcast(S, 5.1222973e-8f));
        p = p.fma(q, FloatVector.broadcast(S, 1.48572235e-5f));
        p = p.fma(q, FloatVector.broadcast(S, 6.3726195e-4f));
        p = p.fma(q, FloatVector.broadcast(S, 4.8935246e-3f));
        FloatVector d = q.mul(1.1982584e-6f).add(1.1853471e-4f);
        d = d.fma(q, FloatVector.broadcast(S, 2.2684347e-3f));
        d = d.fma(q, FloatVector.broadcast(S, 4.893525e-3f));
        return p.div(d).mul(x);
    }

    @Override
    public void activateGradient(Activation f, float[] y, int yAt, float[] dy, int dyAt, int n) {
        int i = 0;
        for (; i + V <= n; i += V) {
            slope(f, FloatVector.fromArray(S, dy, dyAt + i), FloatVector.fromArray(S, y, yAt + i))
                    .intoArray(dy, dyAt + i);
        }
        if (i < n) {
            VectorMask<Float> mask = S.indexInRange(i, n);
            slope(f, FloatVector.fromArray(S, dy, dyAt + i, mask), FloatVector.fromArray(S, y, yAt + i, mask))
                    .intoArray(dy, dyAt + i, mask);
        }
    }

    private static FloatVector slope(Activation f, FloatVector dy, FloatVector y) {
        return switch (f) {
            case RELU -> dy.blend(0, y.compare(VectorOperators.LE, 0));
            case TANH -> dy.mul(FloatVector.broadcast(S, 1).sub(y.mul(y)));
        };
    }

    @Override
    public void dropout(float[] x, int at, int n, int seed, DropoutRate rate) {
        IntVector lane = IntVector.zero(SI).addIndex(1);
        int i = 0;
        for (; i + V <= n; i += V) {
            FloatVector kept = FloatVector.fromArray(S, x, at + i).mul(rate.scale());
            FloatVector.zero(S).blend(kept, keeps(lane.add(seed + i), rate)).intoArray(x, at + i);
        }
        if (i < n) {
            VectorMask<Float> mask = S.indexInRange(i, n);
            FloatVector kept = FloatVector.fromArray(S, x, at + i, mask).mul(rate.scale());
            FloatVector.zero(S).blend(kept, keeps(lane.add(seed + i), rate)).intoArray(x, at + i, mask);
        }
    }

    /** {@link Hash#mix} of each counter, compared. */
    private static VectorMask<Float> keeps(IntVector counter, DropoutRate rate) {
        IntVector h = counter.lanewise(VectorOperators.XOR, counter.lanewise(VectorOperators.LSHR, 16))
                .mul(0x85ebca6b);
        h = h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 13))
                .mul(0xc2b2ae35);
        h = h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 16));
        return h.lanewise(VectorOperators.LSHR, 1)
                .compare(VectorOperators.LT, rate.keepBelow())
                .cast(S);
    }

    @Override
    public void adam(AdamStep s, AdamArrays arrays, int from, int to) {
        float[] gradient = arrays.gradient();
        float[] mean = arrays.mean();
        float[] square = arrays.square();
        float[] values = arrays.values();
        int i = from;
        for (; i + V <= to; i += V) {
            FloatVector g = FloatVector.fromArray(S, gradient, i);
            FloatVector m = FloatVector.fromArray(S, mean, i).mul(s.beta1()).add(g.mul(1 - s.beta1()));
            FloatVector v = FloatVector.fromArray(S, square, i)
                    .mul(s.beta2())
                    .add(g.mul(1 - s.beta2()).mul(g));
            m.intoArray(mean, i);
            v.intoArray(square, i);
            FloatVector step = m.mul(s.rate()).div(v.sqrt().mul(s.root()).add(s.epsilon()));
            FloatVector.fromArray(S, values, i).mul(s.shrink()).sub(step).intoArray(values, i);
        }
        if (i < to) {
            VectorMask<Float> mask = S.indexInRange(i, to);
            FloatVector g = FloatVector.fromArray(S, gradient, i, mask);
            FloatVector m =
                    FloatVector.fromArray(S, mean, i, mask).mul(s.beta1()).add(g.mul(1 - s.beta1()));
            FloatVector v = FloatVector.fromArray(S, square, i, mask)
                    .mul(s.beta2())
                    .add(g.mul(1 - s.beta2()).mul(g));
            m.intoArray(mean, i, mask);
            v.intoArray(square, i, mask);
            FloatVector step = m.mul(s.rate()).div(v.sqrt().mul(s.root()).add(s.epsilon()));
            FloatVector.fromArray(S, values, i, mask).mul(s.shrink()).sub(step).intoArray(values, i, mask);
        }
    }
}
