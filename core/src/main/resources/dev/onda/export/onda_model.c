/* @WRITTEN_BY@ */
#include "onda_model.h"

#include <math.h>
#include <string.h>

#if ONDA_EXPORT != UINT64_C(0x@EXPORT@)
#error "onda_model.h is of another export than onda_model.c: take both from one"
#endif

const char *const onda_words[ONDA_WORD_COUNT] = {
@WORDS@};

@CONSTANTS@
#define FULL_SCALE (1.0f / 32768.0f)
#define FLOOR 1e-3f

/* What lies between the layers; nothing that is still needed is overwritten. */
static float work[@WORK@];

@KERNELS@
@LAYERS@
/* Computes the layers; returns where the last one's output is. */
static const float *run(const int16_t *samples)
{
@STEPS@}

/* exp(x) / (sum of all exp(x)) */
static void softmax(const float *logits, float *probabilities)
{
    float largest = logits[0];
    for (int i = 1; i < ONDA_WORD_COUNT; i++) {
        largest = logits[i] > largest ? logits[i] : largest;
    }
    float sum = 0.0f;
    for (int i = 0; i < ONDA_WORD_COUNT; i++) {
        probabilities[i] = expf(logits[i] - largest);
        sum += probabilities[i];
    }
    for (int i = 0; i < ONDA_WORD_COUNT; i++) {
        probabilities[i] /= sum;
    }
}

onda_error onda_recognize(
    const int16_t *samples, size_t count, uint32_t sample_rate_hz, uint64_t model, float *probabilities)
{
    if (model != UINT64_C(0x@HASH@)) {
        return ONDA_OTHER_MODEL;
    }
    if (sample_rate_hz != ONDA_SAMPLE_RATE_HZ) {
        return ONDA_OTHER_RATE;
    }
    if (count != ONDA_WINDOW_SAMPLES) {
        return ONDA_OTHER_LENGTH;
    }
    softmax(run(samples), probabilities);
    return ONDA_OK;
}

int onda_decide(const float *probabilities)
{
    int best = 0;
    for (int i = 1; i < ONDA_WORD_COUNT; i++) {
        best = probabilities[i] > probabilities[best] ? i : best;
    }
    if (probabilities[best] >= ONDA_THRESHOLD@CLASSES@) {
        return best;
    }
    return @OTHERWISE@;
}

const char *onda_error_text(onda_error error)
{
    switch (error) {
    case ONDA_OK:
        return "onda: all is well";
    case ONDA_OTHER_MODEL:
        return "onda: onda_model.c is of another model than the onda_model.h that the caller was compiled with: compile "
               "both anew";
    case ONDA_OTHER_RATE:
        return "onda: the sound has another sample rate than the @RATE@ Hz that this model hears: record or resample it so";
    case ONDA_OTHER_LENGTH:
        return "onda: a window of another length than the @WINDOW@ samples that this model hears: pass as many";
    }
    return "onda: no such error";
}
