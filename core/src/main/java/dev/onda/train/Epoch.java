package dev.onda.train;

/**
 * One line of a training's history.
 *
 * @param number from 1
 * @param learningRate at its last step
 * @param trainingLoss mean over its steps, as the network learned, augmentation, dropout and smoothing included, in nats
 * @param trainingAccuracy likewise, in [0, 1]
 * @param validationLoss on the validation clips as they are, in nats; 0 where there are none
 * @param validationAccuracy likewise, in [0, 1]
 * @param seconds it took, validation included
 */
public record Epoch(
        int number,
        double learningRate,
        double trainingLoss,
        double trainingAccuracy,
        double validationLoss,
        double validationAccuracy,
        double seconds) {}
