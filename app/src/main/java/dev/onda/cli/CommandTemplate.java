package dev.onda.cli;

import dev.onda.recognize.Detection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program and its arguments, with places for what was heard. No shell reads it: it is split once, at blanks outside of
 * quotes, and what is put into an argument afterwards stays in that argument.
 *
 * <p>Rules: {@code 'single'} and {@code "double"} quotes keep blanks, and join with what they touch; within one kind the other is
 * plain; no other character means anything. A placeholder is a name in braces; other braces are plain.
 *
 * @param arguments the program first
 */
record CommandTemplate(List<String> arguments) {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[A-Za-z_]+}");
    private static final String WORD = "{word}";
    private static final List<String> KNOWN = List.of(WORD, "{score}", "{time}", "{start}", "{end}");
    private static final Set<String> SHELLS =
            Set.of("sh", "bash", "dash", "zsh", "ksh", "fish", "csh", "tcsh", "cmd", "powershell", "pwsh");

    /**
     * Splits and checks what the user typed.
     *
     * @param words that a model may put in
     * @throws UserError if a quote is left open, a placeholder is unknown, the program itself is one, or a word could be taken
     *     for an option or be read by a shell
     */
    static CommandTemplate of(String text, List<String> words) {
        List<String> arguments = split(text);
        if (arguments.isEmpty() || arguments.getFirst().isEmpty()) {
            throw refusal("no program in '" + text + "'");
        }
        for (String argument : arguments) {
            Matcher names = PLACEHOLDER.matcher(argument);
            while (names.find()) {
                if (!KNOWN.contains(names.group())) {
                    throw refusal("no placeholder " + names.group() + "; there are " + String.join(", ", KNOWN));
                }
            }
        }
        CommandTemplate template = new CommandTemplate(List.copyOf(arguments));
        template.checkProgram();
        template.checkWords(words);
        return template;
    }

    private static UserError refusal(String what) {
        return new UserError("--exec: " + what);
    }

    private static List<String> split(String text) {
        List<String> arguments = new ArrayList<>();
        StringBuilder argument = new StringBuilder();
        boolean isBegun = false;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0 && c != quote) {
                argument.append(c);
            } else if (quote != 0) {
                quote = 0;
            } else if (c == '\'' || c == '"') {
                quote = c;
                isBegun = true;
            } else if (!Character.isWhitespace(c)) {
                argument.append(c);
                isBegun = true;
            } else if (isBegun) {
                arguments.add(argument.toString());
                argument.setLength(0);
                isBegun = false;
            }
        }
        if (quote != 0) {
            throw refusal("a quote " + quote + " is left open in '" + text + "'");
        }
        if (isBegun) {
            arguments.add(argument.toString());
        }
        return arguments;
    }

    private void checkProgram() {
        String program = arguments.getFirst();
        if (PLACEHOLDER.matcher(program).find()) {
            throw refusal("the program itself cannot be a placeholder, as in '" + program + "'");
        }
        String lower = program.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".bat") || lower.endsWith(".cmd")) {
            throw refusal("'" + program + "' is run by a shell, which would read the words; name a program");
        }
    }

    private void checkWords(List<String> words) {
        for (int i = 1; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (argument.startsWith(WORD)) {
                words.stream().filter(w -> w.startsWith("-")).findFirst().ifPresent(w -> {
                    throw refusal("the model's word '" + w + "' would be an option of " + program()
                            + "; put something before it, as in word={word}");
                });
            }
            if (argument.contains(WORD) && isShell() && !isSafeInShell(i)) {
                throw refusal("the shell would read the word as part of a script; hand it over as an argument: "
                        + program() + " -c 'echo \"$1\"' " + program() + " {word}");
            }
        }
    }

    /** Whether the word is an argument of a script, neither the script nor a part of one. */
    private boolean isSafeInShell(int at) {
        return at >= 2
                && arguments.get(at).equals(WORD)
                && !arguments.get(at - 1).startsWith("-");
    }

    private boolean isShell() {
        String name = program().replaceFirst(".*[/\\\\]", "").toLowerCase(Locale.ROOT);
        return SHELLS.contains(name.endsWith(".exe") ? name.substring(0, name.length() - 4) : name);
    }

    /** The program's name, as it was typed. */
    String program() {
        return arguments.getFirst();
    }

    /** The arguments with what was heard in its places; seconds and score with three digits after the point. */
    List<String> fill(Detection heard) {
        return arguments.stream().map(a -> fill(a, heard)).toList();
    }

    private static String fill(String argument, Detection heard) {
        return PLACEHOLDER
                .matcher(argument)
                .replaceAll(place -> Matcher.quoteReplacement(
                        switch (place.group()) {
                            case WORD -> heard.word();
                            case "{score}" -> number(heard.score());
                            case "{time}" -> number(heard.time());
                            case "{start}" -> number(heard.start());
                            case "{end}" -> number(heard.end());
                            default -> place.group();
                        }));
    }

    private static String number(double x) {
        return String.format(Locale.ROOT, "%.3f", x);
    }
}
