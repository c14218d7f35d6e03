/* The product of a row and of numbers that lie so many places apart. Four sums do not wait for each other. */
static float dot(const matrix *m, int row, const float *x, int apart)
{
    const onda_weight *w = m->weights + row * m->columns;
    float sums[4] = {0.0f, 0.0f, 0.0f, 0.0f};
    int i = 0;
    for (; i + 4 <= m->columns; i += 4) {
        for (int lane = 0; lane < 4; lane++) {
            sums[lane] += (float)w[i + lane] * x[(i + lane) * apart];
        }
    }
    for (; i < m->columns; i++) {
        sums[0] += (float)w[i] * x[i * apart];
    }
    return scale_of(m, row) * ((sums[0] + sums[1]) + (sums[2] + sums[3]));
}
