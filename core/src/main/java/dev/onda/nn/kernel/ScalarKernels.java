package dev.onda.nn.kernel;

/** The plain twin: what each kernel means, one element at a time. */
public final class ScalarKernels implements Kernels {

    @Override
    public String description() {
        return "scalar";
    }

    @Override
    public void product(RowProduct p, float[] w, int wAt, float[] x, int xAt, float[] y, int yAt) {
        int taps = p.taps().length;
        int packedRows = p.packedRows();
        int block = p.rows() <= 2 ? 1 : BLOCK;
        for (int r = 0; r < p.rows(); r++) {
            int from = wAt + packedRows + r / block * block * taps + r % block;
            for (int t = 0; t < p.length(); t++) {
                float sum = w[wAt + r];
                for (int j = 0; j < taps; j++) {
                    sum = Math.fma(w[from + j * block], x[xAt + p.taps()[j] + t], sum);
                }
                y[yAt + r * p.yStride() + t] = sum;
            }
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
    public void combine(float[] dy, float[] x, float[] dx, int at, int n, float a, float b, float c) {
        for (int i = at; i < at + n; i++) {
            dx[i] = Math.fma(dy[i], a, Math.fma(x[i], b, c));
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
    public void activateGradient(Activation f, float[] y, float[] dy, int at, int n) {
        for (int i = at; i < at + n; i++) {
            dy[i] = switch (f) {
                case RELU -> y[i] <= 0 ? 0 : dy[i];
                case TANH -> dy[i] * (1 - y[i] * y[i]);
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
