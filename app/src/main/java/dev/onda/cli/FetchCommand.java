package dev.onda.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code onda fetch}: corpora from the network. */
@Command(
        name = "fetch",
        description = "Downloads a corpus.",
        synopsisSubcommandLabel = "CORPUS",
        commandListHeading = "%nCorpora:%n",
        subcommands = FetchSpeechCommands.class)
final class FetchCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "Missing the name of a corpus, such as speech-commands");
    }
}
