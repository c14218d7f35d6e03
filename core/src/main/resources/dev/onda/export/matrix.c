/* Rows of weights; numbers of a row count as many times its scale, those of all rows once where scales is NULL. */
typedef struct {
    const onda_weight *weights;
    const float *scales;
    int columns;
} matrix;

static float scale_of(const matrix *m, int row)
{
    return m->scales ? m->scales[row] : 1.0f;
}
