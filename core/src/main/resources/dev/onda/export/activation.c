typedef enum { LINEAR, RELU, TANH } activation;

static void activate(activation function, float *x, int count)
{
    switch (function) {
    case LINEAR:
        break;
    case RELU:
        for (int i = 0; i < count; i++) {
            x[i] = x[i] > 0.0f ? x[i] : 0.0f;
        }
        break;
    case TANH:
        for (int i = 0; i < count; i++) {
            x[i] = tanhf(x[i]);
        }
        break;
    }
}
