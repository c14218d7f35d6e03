/* Each channel is multiplied by a factor that a small network finds from the means of all. */
typedef struct {
    matrix squeeze, excite;
    const float *squeeze_biases, *excite_biases;
    int channels, time, units;
} excitation;

/* own: room for the channels and the units. */
static void excite(const excitation *e, float *x, float *own)
{
    float *means = own;
    float *units = own + e->channels;
    for (int c = 0; c < e->channels; c++) {
        double sum = 0.0;
        for (int t = 0; t < e->time; t++) {
            sum += x[c * e->time + t];
        }
        means[c] = (float)(sum / e->time);
    }
    for (int u = 0; u < e->units; u++) {
        const float sum = e->squeeze_biases[u] + dot(&e->squeeze, u, means, 1);
        units[u] = sum > 0.0f ? sum : 0.0f;
    }
    for (int c = 0; c < e->channels; c++) {
        const float factor = logistic(e->excite_biases[c] + dot(&e->excite, c, units, 1));
        for (int t = 0; t < e->time; t++) {
            x[c * e->time + t] *= factor;
        }
    }
}
