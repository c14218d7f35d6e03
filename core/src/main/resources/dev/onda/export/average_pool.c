static void average_pool(float *x, int channels, int time, int size)
{
    const int kept = time / size;
    for (int c = 0; c < channels; c++) {
        for (int i = 0; i < kept; i++) {
            double sum = 0.0;
            for (int j = 0; j < size; j++) {
                sum += x[c * time + i * size + j];
            }
            x[c * kept + i] = (float)(sum / size);
        }
    }
}
