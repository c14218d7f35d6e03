/* A gated recurrent unit: rows for reset, update and candidate, one below the other. */
typedef struct {
    matrix input, state;
    const float *input_biases, *state_biases;
    int units, time;
} gru;

/* own: room for seven times the units. */
static void recur(const gru *g, const float *x, float *own, float *y)
{
    const int units = g->units;
    float *h = own;
    float *a = h + units;
    float *b = a + 3 * units;
    for (int u = 0; u < units; u++) {
        h[u] = 0.0f;
    }
    for (int t = 0; t < g->time; t++) {
        for (int row = 0; row < 3 * units; row++) {
            a[row] = g->input_biases[row] + dot(&g->input, row, x + t, g->time);
            b[row] = g->state_biases[row] + dot(&g->state, row, h, 1);
        }
        for (int u = 0; u < units; u++) {
            const float reset = logistic(a[u] + b[u]);
            const float update = logistic(a[units + u] + b[units + u]);
            const float candidate = tanhf(a[2 * units + u] + reset * b[2 * units + u]);
            h[u] = (1.0f - update) * candidate + update * h[u];
            y[u * g->time + t] = h[u];
        }
    }
}
