/* Every sample comes so many places earlier. */
static void look_ahead(float *x, int channels, int time, int samples)
{
    for (int c = 0; c < channels; c++) {
        for (int t = 0; t < time; t++) {
            x[c * time + t] = t + samples < time ? x[c * time + t + samples] : 0.0f;
        }
    }
}
