/* @WRITTEN_BY@ */
/*
 * @ABOUT@
 *
 * Memory: @RAM@ bytes of RAM (static, nothing from the heap) beside the window that you pass, @FLASH@ bytes of constants,
 * about 5 KiB of code and descriptions of layers.
 * One call at a time: all share the RAM.
 *
 *     float probabilities[ONDA_WORD_COUNT];
 *     onda_error error = onda_recognize(window, ONDA_WINDOW_SAMPLES, microphone_rate_hz, ONDA_MODEL, probabilities);
 *     if (error != ONDA_OK) puts(onda_error_text(error));
 *     else if (onda_decide(probabilities) >= 0) puts(onda_words[onda_decide(probabilities)]);
 *
 * C99, not C++, which may include this header. Speed comes from the compiler: use -O3. Link with -lm. Code by Onda, Apache-2.0.
 */
#ifndef ONDA_MODEL_H
#define ONDA_MODEL_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define ONDA_SAMPLE_RATE_HZ @RATE@u
#define ONDA_WINDOW_SAMPLES @WINDOW@u
#define ONDA_WORD_COUNT @WORDS@

/* From this probability on a word is believed. */
#define ONDA_THRESHOLD @THRESHOLD@

/*
 * For words in sound that goes on: a window every so many samples; probabilities averaged over so many windows, sharpened by the
 * temperature before; a word from this average on, again once it fell below the release; after a word so many windows without another.
 */
@STREAM@

/* Says for which words, rate and window this is; changes when one of them does. onda_recognize compares it. */
#define ONDA_MODEL UINT64_C(0x@HASH@)

/* Of all that stands in header and source, weights, too: the source does not compile with the header of another export. */
#define ONDA_EXPORT UINT64_C(0x@EXPORT@)

typedef enum {
    ONDA_OK = 0,
    ONDA_OTHER_MODEL = 1,
    ONDA_OTHER_RATE = 2,
    ONDA_OTHER_LENGTH = 3
} onda_error;

/* What the probabilities are of, in UTF-8. */
extern const char *const onda_words[ONDA_WORD_COUNT];

/*
 * Finds how likely each word is in one window of sound.
 *
 * samples         16 bits, one channel, as they were recorded: they are normalised here
 * count           how many there are: ONDA_WINDOW_SAMPLES
 * sample_rate_hz  at which your device recorded them, so that a mistake is found: it must be ONDA_SAMPLE_RATE_HZ
 * model           ONDA_MODEL, so that a header and a source of different models are found out
 * probabilities   is filled in, if ONDA_OK is returned: ONDA_WORD_COUNT of them
 */
onda_error onda_recognize(
    const int16_t *samples, size_t count, uint32_t sample_rate_hz, uint64_t model, float *probabilities);

/* The word to believe, an index of onda_words, which may be that of "@UNKNOWN@"; -1 if none is likely enough. */
int onda_decide(const float *probabilities);

/* One line that says what is wrong, and what to do. */
const char *onda_error_text(onda_error error);

#ifdef __cplusplus
}
#endif

#endif
