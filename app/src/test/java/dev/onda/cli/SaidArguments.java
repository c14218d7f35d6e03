package dev.onda.cli;

import java.util.List;

/** A program that prints its arguments, for commands that run one. */
final class SaidArguments {
    private SaidArguments() {}

    public static void main(String[] args) {
        System.out.println("said " + List.of(args));
    }
}
