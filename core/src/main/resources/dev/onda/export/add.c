static void add(float *x, const float *y, int count)
{
    for (int i = 0; i < count; i++) {
        x[i] += y[i];
    }
}
