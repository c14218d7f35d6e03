/* Keeps the largest of each so many numbers; y may be x. */
static void keep_largest(const float *x, int size, int kept, float *y)
{
    for (int i = 0; i < kept; i++) {
        float largest = x[i * size];
        for (int j = 1; j < size; j++) {
            const float other = x[i * size + j];
            largest = other > largest ? other : largest;
        }
        y[i] = largest;
    }
}
