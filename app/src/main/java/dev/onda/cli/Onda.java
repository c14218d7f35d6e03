package dev.onda.cli;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/**
 * The top of the command line. A new command is a class with {@link Command} and a line in {@link #COMMANDS};
 * {@code --help} comes by itself.
 */
@Command(
        name = "onda",
        description = "Recognises spoken words straight from the waveform.",
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {"", "onda COMMAND --help tells more."})
final class Onda implements Callable<Integer> {

    /** One command: its name and how it is made. */
    private record Entry(String name, Supplier<Callable<Integer>> maker) {}

    /** In the order of the help. */
    private static final List<Entry> COMMANDS = List.of(
            new Entry("demo", DemoCommand::new),
            new Entry("fetch", FetchCommand::new),
            new Entry("audit", AuditCommand::new),
            new Entry("prepare", PrepareCommand::new),
            new Entry("train", TrainCommand::new),
            new Entry("evaluate", EvaluateCommand::new),
            new Entry("recognize", RecognizeCommand::new),
            new Entry("listen", ListenCommand::new),
            new Entry("stream-eval", StreamEvalCommand::new),
            new Entry("calibrate", CalibrateCommand::new),
            new Entry("harvest", HarvestCommand::new),
            new Entry("studio", StudioCommand::new),
            new Entry("teach", TeachCommand::new),
            new Entry("import", ImportCommand::new),
            new Entry("models", ModelsCommand::new),
            new Entry("describe", DescribeCommand::new),
            new Entry("explore", ExploreCommand::new),
            new Entry("report", ReportCommand::new),
            new Entry("export", ExportCommand::new),
            new Entry("augment", AugmentCommand::new),
            new Entry("search", SearchCommand::new),
            new Entry("article", ArticleCommand::new),
            new Entry("bench", BenchCommand::new));

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

    /**
     * What reads these arguments. Looking into all commands takes picocli 40 ms at a cold start, so where the first argument
     * names one, only that one is there.
     */
    static CommandLine reader(String... args) {
        CommandLine reader = new CommandLine(new Onda());
        String first = args.length == 0 ? "" : args[0];
        boolean isOne = COMMANDS.stream().anyMatch(c -> c.name().equals(first));
        for (Entry command : COMMANDS) {
            if (!isOne || command.name().equals(first)) {
                reader.addSubcommand(command.maker().get());
            }
        }
        return reader;
    }
}
