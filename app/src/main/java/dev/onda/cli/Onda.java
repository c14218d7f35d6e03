package dev.onda.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The top of the command line. A new command is a class with {@link Command} and its name in {@code subcommands} here;
 * {@code --help} comes by itself.
 */
@Command(
        name = "onda",
        description = "Recognises spoken words straight from the waveform.",
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {"", "onda COMMAND --help tells more."},
        subcommands = {
            DemoCommand.class,
            FetchCommand.class,
            PrepareCommand.class,
            TrainCommand.class,
            EvaluateCommand.class,
            RecognizeCommand.class,
            DescribeCommand.class,
            BenchCommand.class
        })
final class Onda implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows this and ends.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean isHelpAskedFor;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Shows the version and ends.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean isVersionAskedFor;

    /** Without a command there is nothing to do but to say what there is. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getErr());
        return Main.USER_ERROR;
    }
}
