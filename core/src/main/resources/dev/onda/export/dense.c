typedef struct {
    matrix rows;
    const float *biases;
    int units;
} dense;

static void connect(const dense *d, const float *x, float *y)
{
    for (int u = 0; u < d->units; u++) {
        y[u] = d->biases[u] + dot(&d->rows, u, x, 1);
    }
}
