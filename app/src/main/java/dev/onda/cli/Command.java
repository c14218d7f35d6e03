package dev.onda.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/**
 * A command. Its fields declare what it takes, in the order of the help, and hold what was given once the line is read:
 *
 * {@snippet :
 * private final Supplier<Path> data = required(Path.class, "--data", "DIR", "Folder with one folder of clips a word.");
 * private final Supplier<Integer> batch = option(int.class, "--batch", "N", 32, "Clips at a time. Default: ${DEFAULT-VALUE}.");
 * }
 *
 * They are code, as reading annotations would take a tenth of a second of each start: Java makes a class for each type of them.
 */
abstract class Command {

    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);

    /**
     * @param name under which it is called
     * @param description of its help, a paragraph each; the first is what the list of commands says
     */
    Command(String name, String... description) {
        spec.name(name).usageMessage().sortOptions(false).description(description);
    }

    /**
     * Does what it is for.
     *
     * @return the exit status
     */
    abstract int call() throws Exception;

    /** What picocli knows of it. */
    final CommandSpec spec() {
        return spec;
    }

    /** Puts a command under this one. */
    final void add(Command command) {
        spec.addSubcommand(command.spec().name(), command.spec());
    }

    /** Where results go. */
    final PrintWriter stdout() {
        return spec.commandLine().getOut();
    }

    /** Where everything else goes. */
    final PrintWriter stderr() {
        return spec.commandLine().getErr();
    }

    /** What is wrong with the line that was typed, for {@link Main} to tell. */
    final ParameterException refusal(String complaint) {
        return new ParameterException(spec.commandLine(), complaint);
    }

    /** An option that is there or not. */
    final Supplier<Boolean> flag(String name, String... description) {
        return given(option(boolean.class, name, description).initialValue(false));
    }

    /** An option with a value if it is not given. */
    final <T> Supplier<T> option(Class<T> type, String name, String label, T otherwise, String... description) {
        return given(option(type, name, description).paramLabel(label).initialValue(otherwise));
    }

    /** {@code --model}: a model's file; none stands for the one in the box. */
    final Supplier<Optional<Path>> modelFile() {
        return optional(Path.class, "--model", "FILE", "Model file. Default: the one in the box.");
    }

    /** {@code --model}: a network that is to be trained. */
    final Supplier<String> network() {
        return required(
                String.class,
                "--model",
                "NAME",
                "Architecture by name (onda models lists them), or a TOML file that describes one.");
    }

    /** {@code --data}: a folder of clips. */
    final Supplier<Path> corpus() {
        return required(Path.class, "--data", "DIR", "Corpus: one folder of clips a word.");
    }

    /** {@code --data}: a folder of clips, or what was prepared of one. */
    final Supplier<Path> corpusOrStore() {
        return required(
                Path.class, "--data", "DIR", "Corpus (one folder of clips a word), or a store made by onda prepare.");
    }

    /** {@code --threads}: as many as the processor has cores, if it is not given. */
    final Supplier<Integer> threads(String description) {
        int cores = Runtime.getRuntime().availableProcessors();
        return option(int.class, "--threads", "N", cores, description + " Default: the processor's cores.");
    }

    /** An option that need not be given. */
    final <T> Supplier<Optional<T>> optional(Class<T> type, String name, String label, String... description) {
        Supplier<T> value = given(option(type, name, description).paramLabel(label));
        return () -> Optional.ofNullable(value.get());
    }

    /** An option that must be given. */
    final <T> Supplier<T> required(Class<T> type, String name, String label, String... description) {
        return given(option(type, name, description).paramLabel(label).required(true));
    }

    /** An option with values between commas; empty if it is not given. */
    final <T> Supplier<List<T>> list(Class<T> type, String name, String label, String... description) {
        return several(option(List.class, name, description)
                .auxiliaryTypes(type)
                .paramLabel(label)
                .splitRegex(",")
                .build());
    }

    /** An option that may be given several times; empty if it is not given. */
    final <T> Supplier<List<T>> repeated(Class<T> type, String name, String label, String... description) {
        return several(option(List.class, name, description)
                .auxiliaryTypes(type)
                .paramLabel(label)
                .build());
    }

    /** An option that must be given, with one or more values. */
    final <T> Supplier<List<T>> some(Class<T> type, String name, String label, String... description) {
        return several(option(List.class, name, description)
                .auxiliaryTypes(type)
                .arity("1..*")
                .required(true)
                .paramLabel(label)
                .build());
    }

    /** A value without a name, which must be given. */
    final <T> Supplier<T> parameter(Class<T> type, String label, String... description) {
        return given(PositionalParamSpec.builder()
                .type(type)
                .paramLabel(label)
                .required(true)
                .description(description)
                .build());
    }

    /** Values without a name, at least one. */
    final <T> Supplier<List<T>> parameters(Class<T> type, String label, String... description) {
        return several(PositionalParamSpec.builder()
                .type(List.class)
                .auxiliaryTypes(type)
                .arity("1..*")
                .required(true)
                .paramLabel(label)
                .description(description)
                .build());
    }

    /** Values without a name that the command does not take, but has something to say of. */
    final Supplier<List<String>> strays() {
        return several(PositionalParamSpec.builder()
                .type(List.class)
                .auxiliaryTypes(String.class)
                .arity("0..*")
                .hidden(true)
                .build());
    }

    private static OptionSpec.Builder option(Class<?> type, String name, String... description) {
        return OptionSpec.builder(name).type(type).description(description);
    }

    private <T> Supplier<List<T>> several(ArgSpec argument) {
        Supplier<List<T>> values = given(argument);
        return () -> Optional.ofNullable(values.get()).orElse(List.of());
    }

    private <T> Supplier<T> given(OptionSpec.Builder option) {
        return given(option.build());
    }

    private <T> Supplier<T> given(ArgSpec argument) {
        spec.add(argument);
        return new Given<>(argument);
    }

    /** The value of an argument; a class, as a method's reference would be one that Java makes at each start. */
    private record Given<T>(ArgSpec argument) implements Supplier<T> {
        @Override
        public T get() {
            return argument.getValue();
        }
    }
}
