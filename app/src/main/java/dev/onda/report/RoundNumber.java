package dev.onda.report;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers that scales are marked with: 1, 2 and 5 times a power of ten. */
final class RoundNumber {

    private static final double NEAR = 1e-9;

    private RoundNumber() {}

    /** The least one that is not below a number above 0. */
    static double atLeast(double number) {
        double power = power(number);
        for (int factor : new int[] {1, 2, 5}) {
            if (factor * power >= number * (1 - NEAR)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    /** The largest one that is not above a number above 0. */
    static double atMost(double number) {
        double power = power(number);
        for (int factor : new int[] {5, 2}) {
            if (factor * power <= number * (1 + NEAR)) {
                return factor * power;
            }
        }
        return power;
    }

    /** The number as people write it if it is one of these, or a blank. */
    static String label(double number) {
        return Math.abs(atLeast(number) - number) > NEAR * number
                ? " "
                : new BigDecimal(number, new MathContext(1))
                        .stripTrailingZeros()
                        .toPlainString();
    }

    private static double power(double number) {
        return Math.pow(10, Math.floor(Math.log10(number) + NEAR));
    }
}
