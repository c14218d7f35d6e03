static void take(const int16_t *samples, float *x)
{
    for (size_t i = 0; i < ONDA_WINDOW_SAMPLES; i++) {
        x[i] = samples[i] * FULL_SCALE;
    }
}
