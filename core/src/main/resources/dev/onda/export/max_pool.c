static void max_pool(float *x, int channels, int time, int size)
{
    const int kept = time / size;
    for (int c = 0; c < channels; c++) {
        keep_largest(x + c * time, size, kept, x + c * kept);
    }
}
