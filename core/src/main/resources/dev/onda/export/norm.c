static void scale_and_shift(float *x, int channels, int time, const float *factors, const float *summands)
{
    for (int c = 0; c < channels; c++) {
        for (int t = 0; t < time; t++) {
            x[c * time + t] = factors[c] * x[c * time + t] + summands[c];
        }
    }
}
