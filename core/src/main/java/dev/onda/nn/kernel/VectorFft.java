package dev.onda.nn.kernel;

import java.util.function.IntBinaryOperator;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link Kernels#fft} on the Vector API: 256 points as a matrix of 16 by 16, whose columns lie in lanes ("four-step", Bailey
 * 1990). Each of the two transforms of length 16 is two passes of radix 4; between the two the matrix is turned over, four
 * registers at a time, by exchanging bits of the row number with bits of the lane number (Eklundh 1972). The exchanges ride on
 * the second and the fourth pass, so no pass only moves data.
 *
 * <p>A number below 16 is {@code 4 p + q} before a transform and {@code r + 4 s} behind it; a transform over p leaves r, one
 * over q leaves s.
 *
 * <p>512 points are a matrix of 32 by 16: the first two passes for its even and for its odd rows, a pass of radix 2 over the
 * two, and the last two passes for each of the two matrices of 16 by 16 that it leaves. 128 points are a matrix of 16 by 8,
 * whose transforms of length 8 are a pass of radix 2 and the fourth pass; where a vector has 16 lanes half of it would lie
 * idle, so there is none.
 *
 * <p>The longer methods are spelled out and hold no loop: so the compiler keeps every vector in a register, and this file is
 * long.
 */
final class VectorFft {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int V = S.length();
    private static final int SIDE = Spectrum.LANES;
    private static final int HALF = SIDE / 2;
    /** Numbers of a matrix of 16 by 16: from real to imaginary parts in scratch memory. */
    private static final int N = SIDE * SIDE;

    /** Factors of the first pass, {@code cos, sin, -sin} for each {@code 4 q + r}. */
    private static final float[] BY_ROW = factors(SIDE, 1, N, (qr, lane) -> qr / 4 * (qr % 4) * SIDE);
    /**
     * Factors of the second pass: for each row, {@code cos, sin, -sin} of its lanes; of 256 points, of 128, and of the even and
     * the odd rows of 512. One table, as the compiler then knows where it lies.
     */
    private static final float[] COLUMNS = factors(4 * SIDE, SIDE, 2 * N, VectorFft::columnTurn);

    private static final int NARROW = 3 * N;
    private static final int EVEN = 6 * N;
    private static final int ODD = 9 * N;
    /** Factors of the third pass: for each r, {@code cos, sin, -sin} of 16 lanes. */
    private static final float[] BY_LANE = factors(4, SIDE, N, (r, lane) -> r * (lane % 4) * SIDE);
    /** Factors of the passes of radix 2: of 512 points for each p; of 128 for 8 lanes. */
    private static final float[] BY_PAIR = factors(4, SIDE, 2 * SIDE, (p, lane) -> 4 * p + lane % 4);

    private static final float[] BY_HALF = factors(1, SIDE, HALF, (row, lane) -> lane % 4);

    private VectorFft() {}

    /** Whether transforms of so many points keep vectors full. */
    static boolean has(int points) {
        return points >= N || V <= HALF;
    }

    /** @param turn how many of so many parts of a circle, clockwise */
    private static float[] factors(int rows, int lanes, int parts, IntBinaryOperator turn) {
        float[] table = new float[rows * 3 * lanes];
        for (int row = 0; row < rows; row++) {
            for (int lane = 0; lane < lanes; lane++) {
                double angle = -2 * Math.PI * turn.applyAsInt(row, lane) / parts;
                int at = row * 3 * lanes + lane;
                table[at] = (float) StrictMath.cos(angle);
                table[at + lanes] = (float) StrictMath.sin(angle);
                table[at + 2 * lanes] = (float) -StrictMath.sin(angle);
            }
        }
        return table;
    }

    private static int columnTurn(int row, int lane) {
        return switch (row / SIDE) {
            case 0 -> row * lane * 2;
            case 1 -> row % SIDE * lane * 4;
            case 2 -> row % SIDE * lane;
            default -> row % SIDE * (lane + SIDE);
        };
    }

    /** Lengths have methods of their own, though they are alike: the compiler needs to know where numbers lie. */
    static void fft(
            int points, float[] x, int re, int im, int step, float[] y, int yRe, int yIm, int yStep, float[] s) {
        switch (points) {
            case N / 2 -> narrow(x, re, im, step, y, yRe, yIm, yStep, s);
            case N -> square(x, re, im, step, y, yRe, yIm, yStep, s);
            default -> tall(x, re, im, step, y, yRe, yIm, yStep, s);
        }
    }

    /** 256 points. */
    private static void square(float[] x, int re, int im, int step, float[] y, int yRe, int yIm, int yStep, float[] s) {
        int t = 2 * N;
        for (int c = 0; c < SIDE; c += V) {
            for (int q = 0; q < 4; q++) {
                first(x, re + q * step + c, im + q * step + c, 4 * step, s, q, c);
            }
        }
        for (int c = 0; c < SIDE; c += V) {
            for (int r = 0; r < 4; r++) {
                second(s, 4 * r * SIDE + c, s, t + r * SIDE + c, 3 * r * SIDE + c);
            }
        }
        if (V < SIDE) {
            turnHigh(s, t);
            turnHigh(s, t + N);
        }
        for (int c = 0; c < SIDE; c += V) {
            for (int r = 0; r < 4; r++) {
                third(s, t + r * SIDE + c, c);
            }
        }
        for (int c = 0; c < SIDE; c += V) {
            for (int r = 0; r < 4; r++) {
                fourth(s, t + 4 * r * SIDE + c, y, yRe + r * yStep + c, yIm + r * yStep + c, 4 * yStep);
            }
        }
    }

    /** 512 points. */
    private static void tall(float[] x, int re, int im, int step, float[] y, int yRe, int yIm, int yStep, float[] s) {
        for (int odd = 0; odd < 2; odd++) {
            int t = 2 * N + odd * 2 * N;
            for (int c = 0; c < SIDE; c += V) {
                for (int q = 0; q < 4; q++) {
                    int at = (2 * q + odd) * step + c;
                    first(x, re + at, im + at, 8 * step, s, q, c);
                }
            }
            int w = EVEN + odd * (ODD - EVEN);
            for (int c = 0; c < SIDE; c += V) {
                for (int r = 0; r < 4; r++) {
                    second(s, 4 * r * SIDE + c, s, t + r * SIDE + c, w + 3 * r * SIDE + c);
                }
            }
            if (V < SIDE) {
                turnHigh(s, t);
                turnHigh(s, t + N);
            }
        }
        for (int p = 0; p < 4; p++) {
            for (int at = 4 * p * SIDE; at < 4 * (p + 1) * SIDE; at += V) {
                pair(s, 2 * N + at, 4 * N + at, 3 * p * SIDE + at % SIDE);
            }
        }
        for (int odd = 0; odd < 2; odd++) {
            int t = 2 * N + odd * 2 * N;
            for (int c = 0; c < SIDE; c += V) {
                for (int r = 0; r < 4; r++) {
                    third(s, t + r * SIDE + c, c);
                }
            }
            for (int c = 0; c < SIDE; c += V) {
                for (int r = 0; r < 4; r++) {
                    int to = (2 * r + odd) * yStep + c;
                    fourth(s, t + 4 * r * SIDE + c, y, yRe + to, yIm + to, 8 * yStep);
                }
            }
        }
    }

    /** 128 points; rows of 8 take the room of 16. */
    private static void narrow(float[] x, int re, int im, int step, float[] y, int yRe, int yIm, int yStep, float[] s) {
        int t = 2 * N;
        for (int c = 0; c < HALF; c += V) {
            for (int q = 0; q < 4; q++) {
                int at = q / 2 * step + q % 2 * HALF + c;
                first(x, re + at, im + at, 2 * step, s, q, c);
            }
        }
        for (int c = 0; c < HALF; c += V) {
            for (int r = 0; r < 4; r++) {
                second(s, 4 * r * SIDE + c, s, t + r * SIDE + c, NARROW + 3 * r * SIDE + c);
            }
        }
        for (int r = 0; r < 4 * SIDE; r += SIDE) {
            halve(s, t + r, r);
            halve(s, t + 8 * SIDE + r, 8 * SIDE + r);
        }
        for (int c = 0; c < HALF; c += V) {
            for (int u = 0; u < 2; u++) {
                int to = u * yStep + c;
                fourth(s, 4 * u * SIDE + c, y, yRe + to, yIm + to, 2 * yStep);
                fourth(s, (8 + 4 * u) * SIDE + c, y, yRe + to + HALF, yIm + to + HALF, 2 * yStep);
            }
        }
    }

    /** Exchanges, for rows {@code 4 s + r}, s with the lane's high bits: where a row is more than one vector, in memory. */
    private static void turnHigh(float[] t, int at) {
        for (int r = at; r < at + 4 * SIDE; r += SIDE) {
            if (V == HALF) {
                turnHalves(t, r);
            } else {
                turnQuarters(t, r);
            }
        }
    }

    /** Of four rows, each two vectors, in each of which there are two of the exchanged. */
    private static void turnHalves(float[] t, int at) {
        int next = 4 * SIDE;
        FloatVector a = FloatVector.fromArray(S, t, at);
        FloatVector b = FloatVector.fromArray(S, t, at + next);
        FloatVector c = FloatVector.fromArray(S, t, at + 2 * next);
        FloatVector d = FloatVector.fromArray(S, t, at + 3 * next);
        FloatVector e = FloatVector.fromArray(S, t, at + V);
        FloatVector f = FloatVector.fromArray(S, t, at + next + V);
        FloatVector g = FloatVector.fromArray(S, t, at + 2 * next + V);
        FloatVector h = FloatVector.fromArray(S, t, at + 3 * next + V);
        a.blend(b.rearrange(LaneExchange.BY_4), LaneExchange.BIT_4).intoArray(t, at);
        c.blend(d.rearrange(LaneExchange.BY_4), LaneExchange.BIT_4).intoArray(t, at + V);
        a.rearrange(LaneExchange.BY_4).blend(b, LaneExchange.BIT_4).intoArray(t, at + next);
        c.rearrange(LaneExchange.BY_4).blend(d, LaneExchange.BIT_4).intoArray(t, at + next + V);
        e.blend(f.rearrange(LaneExchange.BY_4), LaneExchange.BIT_4).intoArray(t, at + 2 * next);
        g.blend(h.rearrange(LaneExchange.BY_4), LaneExchange.BIT_4).intoArray(t, at + 2 * next + V);
        e.rearrange(LaneExchange.BY_4).blend(f, LaneExchange.BIT_4).intoArray(t, at + 3 * next);
        g.rearrange(LaneExchange.BY_4).blend(h, LaneExchange.BIT_4).intoArray(t, at + 3 * next + V);
    }

    /** Of four rows of four vectors. */
    private static void turnQuarters(float[] t, int at) {
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < i; j++) {
                int a = at + 4 * i * SIDE + 4 * j;
                int b = at + 4 * j * SIDE + 4 * i;
                FloatVector own = FloatVector.fromArray(S, t, a);
                FloatVector.fromArray(S, t, b).intoArray(t, a);
                own.intoArray(t, b);
            }
        }
    }

    /** First pass, for one q: over p, rows {@code 4 p + q} of x; factors of q; to rows {@code 4 r + q}. */
    private static void first(float[] x, int re, int im, int far, float[] s, int q, int c) {
        FloatVector ar = FloatVector.fromArray(S, x, re);
        FloatVector ai = FloatVector.fromArray(S, x, im);
        FloatVector br = FloatVector.fromArray(S, x, re + far);
        FloatVector bi = FloatVector.fromArray(S, x, im + far);
        FloatVector cr = FloatVector.fromArray(S, x, re + 2 * far);
        FloatVector ci = FloatVector.fromArray(S, x, im + 2 * far);
        FloatVector dr = FloatVector.fromArray(S, x, re + 3 * far);
        FloatVector di = FloatVector.fromArray(S, x, im + 3 * far);
        FloatVector er = ar.add(cr);
        FloatVector ei = ai.add(ci);
        FloatVector fr = ar.sub(cr);
        FloatVector fi = ai.sub(ci);
        FloatVector gr = br.add(dr);
        FloatVector gi = bi.add(di);
        FloatVector hr = br.sub(dr);
        FloatVector hi = bi.sub(di);
        int to = q * SIDE + c;
        er.add(gr).intoArray(s, to);
        ei.add(gi).intoArray(s, to + N);
        int w = 12 * q;
        ar = fr.add(hi);
        ai = fi.sub(hr);
        FloatVector cos = FloatVector.broadcast(S, BY_ROW[w + 3]);
        to += 4 * SIDE;
        ar.fma(cos, ai.mul(FloatVector.broadcast(S, BY_ROW[w + 5]))).intoArray(s, to);
        ar.fma(FloatVector.broadcast(S, BY_ROW[w + 4]), ai.mul(cos)).intoArray(s, to + N);
        ar = er.sub(gr);
        ai = ei.sub(gi);
        cos = FloatVector.broadcast(S, BY_ROW[w + 6]);
        to += 4 * SIDE;
        ar.fma(cos, ai.mul(FloatVector.broadcast(S, BY_ROW[w + 8]))).intoArray(s, to);
        ar.fma(FloatVector.broadcast(S, BY_ROW[w + 7]), ai.mul(cos)).intoArray(s, to + N);
        ar = fr.sub(hi);
        ai = fi.add(hr);
        cos = FloatVector.broadcast(S, BY_ROW[w + 9]);
        to += 4 * SIDE;
        ar.fma(cos, ai.mul(FloatVector.broadcast(S, BY_ROW[w + 11]))).intoArray(s, to);
        ar.fma(FloatVector.broadcast(S, BY_ROW[w + 10]), ai.mul(cos)).intoArray(s, to + N);
    }

    /**
     * Second pass, for one r: over q, rows {@code 4 r + q}, which leaves s; factors of row {@code r + 4 s}; s exchanged with the
     * lane's high bits, p; to rows {@code 4 p + r}.
     */
    private static void second(float[] s, int at, float[] t, int to, int w) {
        FloatVector ar = FloatVector.fromArray(S, s, at);
        FloatVector ai = FloatVector.fromArray(S, s, at + N);
        FloatVector br = FloatVector.fromArray(S, s, at + SIDE);
        FloatVector bi = FloatVector.fromArray(S, s, at + N + SIDE);
        FloatVector cr = FloatVector.fromArray(S, s, at + 2 * SIDE);
        FloatVector ci = FloatVector.fromArray(S, s, at + N + 2 * SIDE);
        FloatVector dr = FloatVector.fromArray(S, s, at + 3 * SIDE);
        FloatVector di = FloatVector.fromArray(S, s, at + N + 3 * SIDE);
        FloatVector er = ar.add(cr);
        FloatVector ei = ai.add(ci);
        FloatVector fr = ar.sub(cr);
        FloatVector fi = ai.sub(ci);
        FloatVector gr = br.add(dr);
        FloatVector gi = bi.add(di);
        FloatVector hr = br.sub(dr);
        FloatVector hi = bi.sub(di);
        ar = er.add(gr);
        ai = ei.add(gi);
        br = fr.add(hi);
        bi = fi.sub(hr);
        cr = er.sub(gr);
        ci = ei.sub(gi);
        dr = fr.sub(hi);
        di = fi.add(hr);
        FloatVector cos = FloatVector.fromArray(S, COLUMNS, w);
        er = ar.fma(cos, ai.mul(FloatVector.fromArray(S, COLUMNS, w + 2 * SIDE)));
        ei = ar.fma(FloatVector.fromArray(S, COLUMNS, w + SIDE), ai.mul(cos));
        cos = FloatVector.fromArray(S, COLUMNS, w + 12 * SIDE);
        fr = br.fma(cos, bi.mul(FloatVector.fromArray(S, COLUMNS, w + 14 * SIDE)));
        fi = br.fma(FloatVector.fromArray(S, COLUMNS, w + 13 * SIDE), bi.mul(cos));
        cos = FloatVector.fromArray(S, COLUMNS, w + 24 * SIDE);
        gr = cr.fma(cos, ci.mul(FloatVector.fromArray(S, COLUMNS, w + 26 * SIDE)));
        gi = cr.fma(FloatVector.fromArray(S, COLUMNS, w + 25 * SIDE), ci.mul(cos));
        cos = FloatVector.fromArray(S, COLUMNS, w + 36 * SIDE);
        hr = dr.fma(cos, di.mul(FloatVector.fromArray(S, COLUMNS, w + 38 * SIDE)));
        hi = dr.fma(FloatVector.fromArray(S, COLUMNS, w + 37 * SIDE), di.mul(cos));
        if (V < SIDE) {
            er.intoArray(t, to);
            ei.intoArray(t, to + N);
            fr.intoArray(t, to + 4 * SIDE);
            fi.intoArray(t, to + N + 4 * SIDE);
            gr.intoArray(t, to + 8 * SIDE);
            gi.intoArray(t, to + N + 8 * SIDE);
            hr.intoArray(t, to + 12 * SIDE);
            hi.intoArray(t, to + N + 12 * SIDE);
            return;
        }
        ar = er.blend(gr.rearrange(LaneExchange.BY_8), LaneExchange.BIT_8);
        cr = er.rearrange(LaneExchange.BY_8).blend(gr, LaneExchange.BIT_8);
        br = fr.blend(hr.rearrange(LaneExchange.BY_8), LaneExchange.BIT_8);
        dr = fr.rearrange(LaneExchange.BY_8).blend(hr, LaneExchange.BIT_8);
        ai = ei.blend(gi.rearrange(LaneExchange.BY_8), LaneExchange.BIT_8);
        ci = ei.rearrange(LaneExchange.BY_8).blend(gi, LaneExchange.BIT_8);
        bi = fi.blend(hi.rearrange(LaneExchange.BY_8), LaneExchange.BIT_8);
        di = fi.rearrange(LaneExchange.BY_8).blend(hi, LaneExchange.BIT_8);
        ar.blend(br.rearrange(LaneExchange.BY_4), LaneExchange.BIT_4).intoArray(t, to);
        ai.blend(bi.rearrange(LaneExchange.BY_4), LaneExchange.BIT_4).intoArray(t, to + N);
        ar.rearrange(LaneExchange.BY_4).blend(br, LaneExchange.BIT_4).intoArray(t, to + 4 * SIDE);
        ai.rearrange(LaneExchange.BY_4).blend(bi, LaneExchange.BIT_4).intoArray(t, to + N + 4 * SIDE);
        cr.blend(dr.rearrange(LaneExchange.BY_4), LaneExchange.BIT_4).intoArray(t, to + 8 * SIDE);
        ci.blend(di.rearrange(LaneExchange.BY_4), LaneExchange.BIT_4).intoArray(t, to + N + 8 * SIDE);
        cr.rearrange(LaneExchange.BY_4).blend(dr, LaneExchange.BIT_4).intoArray(t, to + 12 * SIDE);
        ci.rearrange(LaneExchange.BY_4).blend(di, LaneExchange.BIT_4).intoArray(t, to + N + 12 * SIDE);
    }

    /** Third pass, for one r: over p, rows {@code 4 p + r}, which leaves r'; factors of r' and the lane's low bits, q; in place. */
    private static void third(float[] t, int at, int c) {
        FloatVector ar = FloatVector.fromArray(S, t, at);
        FloatVector ai = FloatVector.fromArray(S, t, at + N);
        FloatVector br = FloatVector.fromArray(S, t, at + 4 * SIDE);
        FloatVector bi = FloatVector.fromArray(S, t, at + N + 4 * SIDE);
        FloatVector cr = FloatVector.fromArray(S, t, at + 8 * SIDE);
        FloatVector ci = FloatVector.fromArray(S, t, at + N + 8 * SIDE);
        FloatVector dr = FloatVector.fromArray(S, t, at + 12 * SIDE);
        FloatVector di = FloatVector.fromArray(S, t, at + N + 12 * SIDE);
        FloatVector er = ar.add(cr);
        FloatVector ei = ai.add(ci);
        FloatVector fr = ar.sub(cr);
        FloatVector fi = ai.sub(ci);
        FloatVector gr = br.add(dr);
        FloatVector gi = bi.add(di);
        FloatVector hr = br.sub(dr);
        FloatVector hi = bi.sub(di);
        er.add(gr).intoArray(t, at);
        ei.add(gi).intoArray(t, at + N);
        ar = fr.add(hi);
        ai = fi.sub(hr);
        FloatVector cos = FloatVector.fromArray(S, BY_LANE, 3 * SIDE + c);
        ar.fma(cos, ai.mul(FloatVector.fromArray(S, BY_LANE, 5 * SIDE + c))).intoArray(t, at + 4 * SIDE);
        ar.fma(FloatVector.fromArray(S, BY_LANE, 4 * SIDE + c), ai.mul(cos)).intoArray(t, at + N + 4 * SIDE);
        ar = er.sub(gr);
        ai = ei.sub(gi);
        cos = FloatVector.fromArray(S, BY_LANE, 6 * SIDE + c);
        ar.fma(cos, ai.mul(FloatVector.fromArray(S, BY_LANE, 8 * SIDE + c))).intoArray(t, at + 8 * SIDE);
        ar.fma(FloatVector.fromArray(S, BY_LANE, 7 * SIDE + c), ai.mul(cos)).intoArray(t, at + N + 8 * SIDE);
        ar = fr.sub(hi);
        ai = fi.add(hr);
        cos = FloatVector.fromArray(S, BY_LANE, 9 * SIDE + c);
        ar.fma(cos, ai.mul(FloatVector.fromArray(S, BY_LANE, 11 * SIDE + c))).intoArray(t, at + 12 * SIDE);
        ar.fma(FloatVector.fromArray(S, BY_LANE, 10 * SIDE + c), ai.mul(cos)).intoArray(t, at + N + 12 * SIDE);
    }

    /** Radix 2 for 512 points, on what even and odd rows left; factors of the lane before the exchange; in place. */
    private static void pair(float[] t, int even, int odd, int w) {
        FloatVector ar = FloatVector.fromArray(S, t, even);
        FloatVector ai = FloatVector.fromArray(S, t, even + N);
        FloatVector br = FloatVector.fromArray(S, t, odd);
        FloatVector bi = FloatVector.fromArray(S, t, odd + N);
        ar.add(br).intoArray(t, even);
        ai.add(bi).intoArray(t, even + N);
        ar = ar.sub(br);
        ai = ai.sub(bi);
        FloatVector cos = FloatVector.fromArray(S, BY_PAIR, w);
        ar.fma(cos, ai.mul(FloatVector.fromArray(S, BY_PAIR, w + 2 * SIDE))).intoArray(t, odd);
        ar.fma(FloatVector.fromArray(S, BY_PAIR, w + SIDE), ai.mul(cos)).intoArray(t, odd + N);
    }

    /**
     * Radix 2 for 128 points: of two rows of 8, low bits of s, exchanged with the lane's high bit, over which it is; factors of
     * the lane's low bits; to two rows.
     */
    private static void halve(float[] s, int at, int to) {
        for (int c = 0; c < HALF; c += V) {
            // Where a row is two vectors its second half is the other row of what is exchanged.
            int a = V < HALF ? at + c / V * 4 * SIDE : at;
            int b = V < HALF ? a + V : a + 4 * SIDE;
            FloatVector ar = FloatVector.fromArray(S, s, a);
            FloatVector ai = FloatVector.fromArray(S, s, a + N);
            FloatVector br = FloatVector.fromArray(S, s, b);
            FloatVector bi = FloatVector.fromArray(S, s, b + N);
            if (V == HALF) {
                FloatVector own = ar;
                ar = own.blend(br.rearrange(LaneExchange.BY_4), LaneExchange.BIT_4);
                br = own.rearrange(LaneExchange.BY_4).blend(br, LaneExchange.BIT_4);
                own = ai;
                ai = own.blend(bi.rearrange(LaneExchange.BY_4), LaneExchange.BIT_4);
                bi = own.rearrange(LaneExchange.BY_4).blend(bi, LaneExchange.BIT_4);
            }
            ar.add(br).intoArray(s, to + c);
            ai.add(bi).intoArray(s, to + c + N);
            ar = ar.sub(br);
            ai = ai.sub(bi);
            FloatVector cos = FloatVector.fromArray(S, BY_HALF, c);
            ar.fma(cos, ai.mul(FloatVector.fromArray(S, BY_HALF, c + 2 * SIDE))).intoArray(s, to + c + 4 * SIDE);
            ar.fma(FloatVector.fromArray(S, BY_HALF, c + SIDE), ai.mul(cos)).intoArray(s, to + c + 4 * SIDE + N);
        }
    }

    /** Fourth pass, for one r': rows {@code 4 r' + r}, r exchanged with the lane's low bits, q; over q; to rows {@code r' + 4 s'} of y. */
    private static void fourth(float[] t, int at, float[] y, int re, int im, int far) {
        FloatVector er = FloatVector.fromArray(S, t, at);
        FloatVector ei = FloatVector.fromArray(S, t, at + N);
        FloatVector fr = FloatVector.fromArray(S, t, at + SIDE);
        FloatVector fi = FloatVector.fromArray(S, t, at + N + SIDE);
        FloatVector gr = FloatVector.fromArray(S, t, at + 2 * SIDE);
        FloatVector gi = FloatVector.fromArray(S, t, at + N + 2 * SIDE);
        FloatVector hr = FloatVector.fromArray(S, t, at + 3 * SIDE);
        FloatVector hi = FloatVector.fromArray(S, t, at + N + 3 * SIDE);
        FloatVector ur = er.blend(gr.rearrange(LaneExchange.BY_2), LaneExchange.BIT_2);
        FloatVector vr = er.rearrange(LaneExchange.BY_2).blend(gr, LaneExchange.BIT_2);
        FloatVector wr = fr.blend(hr.rearrange(LaneExchange.BY_2), LaneExchange.BIT_2);
        FloatVector xr = fr.rearrange(LaneExchange.BY_2).blend(hr, LaneExchange.BIT_2);
        FloatVector ui = ei.blend(gi.rearrange(LaneExchange.BY_2), LaneExchange.BIT_2);
        FloatVector vi = ei.rearrange(LaneExchange.BY_2).blend(gi, LaneExchange.BIT_2);
        FloatVector wi = fi.blend(hi.rearrange(LaneExchange.BY_2), LaneExchange.BIT_2);
        FloatVector xi = fi.rearrange(LaneExchange.BY_2).blend(hi, LaneExchange.BIT_2);
        FloatVector ar = ur.blend(wr.rearrange(LaneExchange.BY_1), LaneExchange.BIT_1);
        FloatVector br = ur.rearrange(LaneExchange.BY_1).blend(wr, LaneExchange.BIT_1);
        FloatVector cr = vr.blend(xr.rearrange(LaneExchange.BY_1), LaneExchange.BIT_1);
        FloatVector dr = vr.rearrange(LaneExchange.BY_1).blend(xr, LaneExchange.BIT_1);
        FloatVector ai = ui.blend(wi.rearrange(LaneExchange.BY_1), LaneExchange.BIT_1);
        FloatVector bi = ui.rearrange(LaneExchange.BY_1).blend(wi, LaneExchange.BIT_1);
        FloatVector ci = vi.blend(xi.rearrange(LaneExchange.BY_1), LaneExchange.BIT_1);
        FloatVector di = vi.rearrange(LaneExchange.BY_1).blend(xi, LaneExchange.BIT_1);
        er = ar.add(cr);
        ei = ai.add(ci);
        fr = ar.sub(cr);
        fi = ai.sub(ci);
        gr = br.add(dr);
        gi = bi.add(di);
        hr = br.sub(dr);
        hi = bi.sub(di);
        er.add(gr).intoArray(y, re);
        ei.add(gi).intoArray(y, im);
        fr.add(hi).intoArray(y, re + far);
        fi.sub(hr).intoArray(y, im + far);
        er.sub(gr).intoArray(y, re + 2 * far);
        ei.sub(gi).intoArray(y, im + 2 * far);
        fr.sub(hi).intoArray(y, re + 3 * far);
        fi.add(hr).intoArray(y, im + 3 * far);
    }
}
