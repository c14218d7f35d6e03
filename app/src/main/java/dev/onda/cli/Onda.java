package dev.onda.cli;

import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ScopeType;

/**
 * The top of the command line. A new command is a class and a line in {@link #COMMANDS}; {@code --help} comes by itself.
 */
final class Onda extends Command {

    /** One command: its name and how it is made. */
    private record Entry(String name, Supplier<Command> maker) {}

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

    private Onda() {
        super("onda", "Recognises spoken words straight from the waveform.");
        spec().versionProvider(new VersionText())
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .scopeType(ScopeType.INHERIT)
                        .description("Shows this and ends.")
                        .build())
                .addOption(OptionSpec.builder("-V", "--version")
                        .versionHelp(true)
                        .description("Shows the version and ends.")
                        .build());
        spec().usageMessage()
                .sortOptions(true)
                .synopsisSubcommandLabel("COMMAND")
                .commandListHeading("%nCommands:%n")
                .footer("", "onda COMMAND --help tells more.");
    }

    /** Without a command there is nothing to do but to say what there is. */
    @Override
    int call() {
        spec().commandLine().usage(stderr());
        return Main.USER_ERROR;
    }

    /**
     * The command line for these arguments. Making all commands takes 30 ms at a cold start, so where the first argument
     * names one, only that one is there.
     */
    static Command of(String... args) {
        Onda top = new Onda();
        String first = args.length == 0 ? "" : args[0];
        boolean isOne = COMMANDS.stream().anyMatch(c -> c.name().equals(first));
        for (Entry command : COMMANDS) {
            if (!isOne || command.name().equals(first)) {
                top.add(command.maker().get());
            }
        }
        return top;
    }

    /** Apart from {@link Version}, so that only who asks for the version loads it. */
    private static final class VersionText implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return Version.lines();
        }
    }
}
