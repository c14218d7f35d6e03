package dev.onda.nn.kernel;

import java.util.Arrays;

/** The plain twin: what each kernel means, one element at a time. */
public final class ScalarKernels implements Kernels {

    @Override
    public String description() {
        return "scalar";
    }

    @Override
    public int productRows() {
        return BLOCK;
    }

    @Override
    public void product(RowProduct p, float[] w, int wAt, float[] x, int xAt, float[] y, int yAt) {
        int taps = p.taps().length;
        for (int r = 0; r < p.rows(); r++) {
            int to = yAt + r * p.yStride();
            Arrays.fill(y, to, to + p.length(), w[wAt + r]);
            for (int j = 0; j < taps; j++) {
                addScaled(w[wAt + p.packed(r, j)], x, xAt + p.taps()[j], y, to, p.length());
            }
        }
    }

    /** A row at a time: the compiler makes something of it sooner than of anything else here. */
    private static void addScaled(float factor, float[] x, int xAt, float[] y, int yAt, int n) {
        for (int t = 0; t < n; t++) {
            y[yAt + t] = Math.fma(factor, x[xAt + t], y[yAt + t]);
        }
    }

    @Override
    public void cross(RowCross p, float[] lanes, float[] a, int aAt, float[] x, int xAt) {
        for (int r = 0; r < p.rows(); r++) {
            for (int j = 0; j < p.taps().length; j++) {
                int at = RowCross.lane(r, j);
                for (int t = 0; t < p.length(); t++) {
                    int lane = at + t % RowCross.LANES;
                    lanes[lane] = Math.fma(a[aAt + r * p.aStride() + t], x[xAt + p.taps()[j] + t], lanes[lane]);
                }
            }
        }
    }

    @Override
    public void slide(SlidingRow p, float[] w, int wAt, float bias, float[] x, int xAt, float[] y, int yAt) {
        for (int t = 0; t < p.length(); t++) {
            double sum = bias;
            for (int k = 0; k < p.taps(); k++) {
                sum += (double) w[wAt + k] * x[xAt + t + k * p.dilation()];
            }
            y[yAt + t] = (float) sum;
        }
    }

    @Override
    public void slidingSums(SlidingRow p, float[] sums, int sumsAt, float[] a, int aAt, float[] x, int xAt) {
        for (int k = 0; k < p.taps(); k++) {
            for (int t = 0; t < p.length(); t++) {
                sums[sumsAt + k * SlidingRow.LANES + t % SlidingRow.LANES] +=
                        a[aAt + t] * x[xAt + t + k * p.dilation()];
            }
        }
    }

    @Override
    public void fft(
            Spectrum s, float[] x, int re, int im, int step, float[] y, int yRe, int yIm, int yStep, float[] scratch) {
        int points = s.points();
        for (int k = 0; k < points; k++) {
            double real = 0;
            double imaginary = 0;
            for (int n = 0; n < points; n++) {
                double angle = -2 * Math.PI * (n * k % points) / points;
                double cos = Math.cos(angle);
                double sin = Math.sin(angle);
                int at = n / Spectrum.LANES * step + n % Spectrum.LANES;
                real += x[re + at] * cos - x[im + at] * sin;
                imaginary += x[re + at] * sin + x[im + at] * cos;
            }
            scratch[2 * k] = (float) real;
            scratch[2 * k + 1] = (float) imaginary;
        }
        for (int k = 0; k < points; k++) {
            int to = k / Spectrum.LANES * yStep + k % Spectrum.LANES;
            y[yRe + to] = scratch[2 * k];
            y[yIm + to] = scratch[2 * k + 1];
        }
    }

    @Override
    public void multiply(SpectrumProduct p, float[] x, int xAt, float[] w, int wAt, float[] y, int yAt) {
        float sign = p.conjugate() ? 1 : -1;
        for (int row = 0; row < p.rows(); row++) {
            for (int column = 0; column < p.columns(); column++) {
                for (int lane = 0; lane < Spectrum.LANES; lane++) {
                    int to = yAt + row * p.y().first() + column * p.y().second() + lane;
                    float real = p.adds() ? y[to] : 0;
                    float imaginary = p.adds() ? y[to + Spectrum.LANES] : 0;
                    for (int term = 0; term < p.terms(); term++) {
                        int a = xAt + column * p.x().first() + term * p.x().second() + lane;
                        int b = wAt + row * p.w().first() + term * p.w().second() + lane;
                        float bReal = w[b];
                        float bImaginary = sign * w[b + Spectrum.LANES];
                        real = Math.fma(x[a + Spectrum.LANES], bImaginary, Math.fma(x[a], bReal, real));
                        imaginary = Math.fma(-x[a], bImaginary, Math.fma(x[a + Spectrum.LANES], bReal, imaginary));
                    }
                    y[to] = real;
                    y[to + Spectrum.LANES] = imaginary;
                }
            }
        }
    }

    @Override
    public boolean hasFastFft(Spectrum s) {
        return false;
    }

    @Override
    public void add(float[] x, int xAt, float[] y, int yAt, int n) {
        for (int i = 0; i < n; i++) {
            y[yAt + i] += x[xAt + i];
        }
    }

    @Override
    public void pool(float[] x, int xAt, float[] y, int yAt, PoolRow row, long[] first, int firstAt) {
        int size = row.size();
        if (first.length > 0) {
            Arrays.fill(first, firstAt, firstAt + PoolRow.words(row.outputs(), size), 0);
        }
        for (int t = 0; t < row.outputs(); t++) {
            int from = t * size;
            float most = x[xAt + from];
            for (int i = from + 1; i < from + size; i++) {
                most = row.least() ? Math.min(most, x[xAt + i]) : Math.max(most, x[xAt + i]);
            }
            y[yAt + t] = most;
            int place = from;
            while (row.least() ? x[xAt + place] > most : x[xAt + place] < most) {
                place++;
            }
            if (first.length > 0) {
                first[firstAt + place / 64] |= 1L << place;
            }
        }
    }

    @Override
    public void unpool(float[] dy, int dyAt, PoolRow row, long[] first, int firstAt, float[] dx, int dxAt) {
        for (int i = 0; i < row.outputs() * row.size(); i++) {
            boolean chosen = (first[firstAt + i / 64] >>> i & 1) != 0;
            dx[dxAt + i] = chosen ? dy[dyAt + i / row.size()] : 0;
        }
    }

    @Override
    public void transpose(float[] x, int xAt, float[] y, int yAt, int rows, int columns) {
        for (int c = 0; c < columns; c++) {
            for (int r = 0; r < rows; r++) {
                y[yAt + c * rows + r] = x[xAt + r * columns + c];
            }
        }
    }

    @Override
    public void outer(OuterSum p, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt) {
        for (int t = 0; t < p.terms(); t++) {
            for (int r = 0; r < BLOCK; r++) {
                float factor = a[aAt + t * BLOCK + r];
                int row = cAt + r * p.cStep();
                for (int j = p.from(); j < p.to(); j++) {
                    c[row + j] = Math.fma(factor, b[bAt + t * p.bStep() + j], c[row + j]);
                }
            }
        }
    }

    @Override
    public double sum(float[] x, int at, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += x[at + i];
        }
        return sum;
    }

    @Override
    public double sumOfSquares(float[] x, int at, int n, float mean) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            double d = x[at + i] - mean;
            sum += d * d;
        }
        return sum;
    }

    @Override
    public double dotCentered(float[] a, int aAt, float[] x, int xAt, int n, float mean) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += a[aAt + i] * (double) (x[xAt + i] - mean);
        }
        return sum;
    }

    @Override
    public void scaleShift(float[] x, int xAt, float[] y, int yAt, int n, float scale, float shift) {
        for (int i = 0; i < n; i++) {
            y[yAt + i] = Math.fma(x[xAt + i], scale, shift);
        }
    }

    @Override
    public void combine(float[] y, int yAt, float[] x, int xAt, int n, float a, float b, float c) {
        for (int i = 0; i < n; i++) {
            y[yAt + i] = Math.fma(y[yAt + i], a, Math.fma(x[xAt + i], b, c));
        }
    }

    @Override
    public void activate(Activation f, float[] x, int at, int n) {
        for (int i = at; i < at + n; i++) {
            x[i] = switch (f) {
                case RELU -> Math.max(0, x[i]);
                case TANH -> (float) Math.tanh(x[i]);
            };
        }
    }

    @Override
    public void activateGradient(Activation f, float[] y, int yAt, float[] dy, int dyAt, int n) {
        for (int i = 0; i < n; i++) {
            float out = y[yAt + i];
            dy[dyAt + i] = switch (f) {
                case RELU -> out <= 0 ? 0 : dy[dyAt + i];
                case TANH -> dy[dyAt + i] * (1 - out * out);
            };
        }
    }

    @Override
    public void dropout(float[] x, int at, int n, int seed, DropoutRate rate) {
        for (int i = 0; i < n; i++) {
            boolean keep = (Hash.mix(seed + i) >>> 1) < rate.keepBelow();
            x[at + i] = keep ? x[at + i] * rate.scale() : 0;
        }
    }

    @Override
    public void adam(AdamStep s, AdamArrays arrays, int from, int to) {
        float[] p = arrays.values();
        float[] m = arrays.mean();
        float[] v = arrays.square();
        for (int i = from; i < to; i++) {
            float g = arrays.gradient()[i];
            m[i] = s.beta1() * m[i] + (1 - s.beta1()) * g;
            v[i] = s.beta2() * v[i] + (1 - s.beta2()) * g * g;
            float step = s.rate() * m[i] / ((float) Math.sqrt(v[i]) * s.root() + s.epsilon());
            p[i] = p[i] * s.shrink() - step;
        }
    }
}
