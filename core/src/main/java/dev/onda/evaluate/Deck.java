package dev.onda.evaluate;

import java.util.SplittableRandom;

/** Numbers from 0 on in a random order, all of them before one comes again. */
final class Deck {

    private final int[] numbers;
    private final SplittableRandom random;
    private int next;

    Deck(int size, SplittableRandom random) {
        this.random = random;
        numbers = new int[size];
        for (int i = 0; i < size; i++) {
            numbers[i] = i;
        }
        next = size;
    }

    int size() {
        return numbers.length;
    }

    int next() {
        if (next == numbers.length) {
            shuffle();
        }
        return numbers[next++];
    }

    private void shuffle() {
        for (int i = numbers.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int number = numbers[i];
            numbers[i] = numbers[other];
            numbers[other] = number;
        }
        next = 0;
    }
}
