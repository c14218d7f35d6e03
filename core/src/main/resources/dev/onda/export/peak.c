/* Scales the window so that its largest magnitude is 1. */
static void take(const int16_t *samples, float *x)
{
    int32_t peak = 0;
    for (size_t i = 0; i < ONDA_WINDOW_SAMPLES; i++) {
        const int32_t size = samples[i] < 0 ? -(int32_t)samples[i] : samples[i];
        peak = size > peak ? size : peak;
    }
    const float scale = scale_to(peak * FULL_SCALE);
    for (size_t i = 0; i < ONDA_WINDOW_SAMPLES; i++) {
        x[i] = samples[i] * FULL_SCALE * scale;
    }
}
