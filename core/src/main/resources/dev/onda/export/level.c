/* Brings the window to mean 0 and deviation 1. */
static void take(const int16_t *samples, float *x)
{
    int64_t sum = 0;
    int64_t squares = 0;
    for (size_t i = 0; i < ONDA_WINDOW_SAMPLES; i++) {
        sum += samples[i];
        squares += (int32_t)samples[i] * samples[i];
    }
    const double mean = (double)sum / ONDA_WINDOW_SAMPLES;
    const double variance = (double)squares / ONDA_WINDOW_SAMPLES - mean * mean;
    const float deviation = variance > 0.0 ? sqrtf((float)variance) : 0.0f;
    const float scale = scale_to(deviation * FULL_SCALE);
    for (size_t i = 0; i < ONDA_WINDOW_SAMPLES; i++) {
        x[i] = ((float)samples[i] - (float)mean) * FULL_SCALE * scale;
    }
}
