/*
 * A convolution over time, channel by channel; each is pooled and activated as soon as it is there. A row of weights is
 * (inputs of a group, taps). Around the input lie zeros.
 */
typedef struct {
    matrix rows;
    const float *biases;
    int inputs, input_time;
    int channels, time; /* time: before pooling */
    int groups, taps, stride, dilation;
    int left; /* zeros before the first sample */
    int pool; /* one of so many samples is kept */
    activation function;
} convolution;

/* Where weight i of a row meets the input of a group, for the first output. */
static int offset_of(const convolution *c, int i)
{
    return i / c->taps * c->input_time + i % c->taps * c->dilation - c->left;
}

/*
 * Outputs from..to, which meet no zeros. Four weights at once: so the sums are loaded and stored a quarter as often. The rest comes
 * first: behind the others, compilers that know a layer without one still look into its loop, and warn.
 */
static void add_inside(
    const convolution *c, const onda_weight *w, const float *x, int from, int to, float *restrict sums)
{
    const int stride = c->stride;
    const int rest = c->rows.columns % 4;
    for (int i = 0; i < rest; i++) {
        const float w0 = w[i];
        const int x0 = offset_of(c, i);
        for (int t = from; t < to; t++) {
            sums[t] += w0 * x[x0 + t * stride];
        }
    }
    for (int i = rest; i < c->rows.columns; i += 4) {
        const float w0 = w[i], w1 = w[i + 1], w2 = w[i + 2], w3 = w[i + 3];
        const int x0 = offset_of(c, i), x1 = offset_of(c, i + 1), x2 = offset_of(c, i + 2), x3 = offset_of(c, i + 3);
        for (int t = from; t < to; t++) {
            const int at = t * stride;
            sums[t] += (w0 * x[x0 + at] + w1 * x[x1 + at]) + (w2 * x[x2 + at] + w3 * x[x3 + at]);
        }
    }
}

/* An output that meets zeros. */
static float sum_at_edge(const convolution *c, const onda_weight *w, const float *x, int t)
{
    float sum = 0.0f;
    for (int i = 0; i < c->rows.columns; i++) {
        const int at = i % c->taps * c->dilation - c->left + t * c->stride;
        if (at >= 0 && at < c->input_time) {
            sum += (float)w[i] * x[i / c->taps * c->input_time + at];
        }
    }
    return sum;
}

/* y may be x where each channel sees only itself. */
static void convolve(const convolution *c, const float *x, float *sums, float *y)
{
    const int group_channels = c->channels / c->groups;
    const int group_size = c->inputs / c->groups * c->input_time;
    const int kept = c->time / c->pool;
    const int room = c->input_time + c->left - (c->taps - 1) * c->dilation;
    const int inside = (c->left + c->stride - 1) / c->stride;
    const int behind = room > 0 ? (room - 1) / c->stride + 1 : 0;
    for (int channel = 0; channel < c->channels; channel++) {
        const onda_weight *w = c->rows.weights + channel * c->rows.columns;
        const float *in = x + channel / group_channels * group_size;
        for (int t = 0; t < c->time; t++) {
            sums[t] = t < inside || t >= behind ? sum_at_edge(c, w, in, t) : 0.0f;
        }
        add_inside(c, w, in, inside, behind < c->time ? behind : c->time, sums);
        for (int t = 0; t < c->time; t++) {
            sums[t] = c->biases[channel] + scale_of(&c->rows, channel) * sums[t];
        }
        keep_largest(sums, c->pool, kept, y + channel * kept);
        activate(c->function, y + channel * kept, kept);
    }
}
