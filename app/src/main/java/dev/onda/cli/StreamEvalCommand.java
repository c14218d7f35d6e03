package dev.onda.cli;

import dev.onda.evaluate.StreamHearing;
import dev.onda.evaluate.StreamMaterial;
import dev.onda.evaluate.TestStreamPlan;
import dev.onda.evaluate.StreamScore;
import dev.onda.evaluate.TestStream;
import dev.onda.model.Model;
import dev.onda.recognize.StreamModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code onda stream-eval}: how well a model hears words in a stream. */
@Command(
        name = "stream-eval",
        description = {
            "Lets a model listen to a long stream with known times: clips in random order at random gaps, one in four of other "
                    + "speech, over background. Tells how many words it detects, how often it detects one that was not said, and "
                    + "how late.",
            "A detection counts for a word from its start to 0.75 s after its end, once; all others are false accepts."
        },
        sortOptions = false)
final class StreamEvalCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private StreamOptions options = new StreamOptions();

    @Option(names = "--json", description = "One JSON object instead of lines.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        TestStreamPlan plan = options.plan();
        Model loaded = BoxedModel.orFile(options.model());
        return options.use(loaded, spec.commandLine().getErr(), material -> evaluate(loaded, material, plan));
    }

    private int evaluate(Model loaded, StreamMaterial material, TestStreamPlan plan) {
        TestStream stream = UserError.ifRefused(() -> new TestStream(material, plan));
        StreamModel model = new StreamModel(loaded, 1);
        StreamHearing hearing = StreamOptions.hear(model, stream);
        StreamScore score = StreamScore.of(stream.events(), hearing.heard(), hearing.seconds() / 3_600);
        StreamText text = new StreamText(loaded, plan, stream.events(), material, hearing, score);
        PrintWriter stdout = spec.commandLine().getOut();
        if (json) {
            stdout.println(text.json());
        } else {
            stdout.print(text.lines(options.part().toString()));
        }
        return Main.DONE;
    }
}
