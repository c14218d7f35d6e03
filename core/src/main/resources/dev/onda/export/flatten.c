/* (channels, time) to (time, channels). */
static void flatten(const float *x, int channels, int time, float *y)
{
    for (int t = 0; t < time; t++) {
        for (int c = 0; c < channels; c++) {
            *y++ = x[c * time + t];
        }
    }
}
