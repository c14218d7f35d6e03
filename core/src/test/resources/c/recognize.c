/*
 * recognize COUNT RATE MODEL < SAMPLES: hears one window after the other, 16 bits a sample, of this machine's byte order; writes a
 * line each: the word, the probabilities. MODEL: "own" for that of the header, or a number in hexadecimal.
 */
#include "onda_model.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int16_t samples[ONDA_WINDOW_SAMPLES];
static float probabilities[ONDA_WORD_COUNT];

int main(int arguments, char **argument)
{
    if (arguments != 4) {
        return 2;
    }
    const size_t count = (size_t)strtoul(argument[1], NULL, 10);
    const uint32_t rate = (uint32_t)strtoul(argument[2], NULL, 10);
    const uint64_t model = strcmp(argument[3], "own") ? (uint64_t)strtoull(argument[3], NULL, 16) : ONDA_MODEL;
    while (fread(samples, sizeof(int16_t), ONDA_WINDOW_SAMPLES, stdin) == ONDA_WINDOW_SAMPLES) {
        const onda_error error = onda_recognize(samples, count, rate, model, probabilities);
        if (error != ONDA_OK) {
            printf("%d %s\n", (int)error, onda_error_text(error));
            return 1;
        }
        const int word = onda_decide(probabilities);
        printf("%s", word < 0 ? "-" : onda_words[word]);
        for (int i = 0; i < ONDA_WORD_COUNT; i++) {
            printf("\t%.9g", (double)probabilities[i]);
        }
        printf("\n");
    }
    return 0;
}
