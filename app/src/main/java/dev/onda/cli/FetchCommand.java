package dev.onda.cli;

/** {@code onda fetch}: corpora from the network. */
final class FetchCommand extends Command {

    FetchCommand() {
        super("fetch", "Downloads a corpus.");
        spec().usageMessage().synopsisSubcommandLabel("CORPUS").commandListHeading("%nCorpora:%n");
        add(new FetchSpeechCommands());
    }

    @Override
    int call() {
        throw refusal("Missing the name of a corpus, such as speech-commands");
    }
}
