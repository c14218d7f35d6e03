package dev.onda.cli;

import dev.onda.evaluate.Examination;
import dev.onda.model.Model;
import dev.onda.nn.kernel.Workers;
import dev.onda.report.ModelReport;
import dev.onda.report.ReportPage;
import dev.onda.train.Epoch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/** {@code onda report}: a trained model as a page to look at and to listen to. */
final class ReportCommand extends Command {

    private final JudgingOptions judging = new JudgingOptions(this);

    private final Supplier<Path> out = required(Path.class, "--out", "DIR", "Folder to write, made if need be.");

    ReportCommand() {
        super(
                "report",
                "Makes a page of a trained model: its training, what it gets right and what it mistakes, word by word and speaker "
                        + "by speaker, how far its scores may be believed, what noise does to it, what its first layer hears, and "
                        + "clips whose labels it doubts.",
                "DIR/index.html needs nothing beside it; its pictures are there as PNG files, too.");
    }

    @Override
    int call() throws IOException {
        OutputFile.checkFolder("--out", out.get());
        Model loaded = BoxedModel.orFile(judging.model());
        List<Epoch> epochs = BoxedModel.history(judging.model());
        return judging.use(loaded, stderr(), clips -> report(loaded, epochs, clips));
    }

    private int report(Model loaded, List<Epoch> epochs, JudgingClips chosen) throws IOException {
        Examination examination;
        try (Workers workers = new Workers(judging.threads());
                Progress progress = Progress.of(
                        new Task("evaluating", Examination.clips(chosen.clips(), loaded), Task.Unit.CLIPS))) {
            examination = Examination.of(chosen.clips(), loaded, workers, progress::reach);
        }
        stderr().println("drawing the page");
        ReportPage.write(
                out.get(),
                new ModelReport(
                        judging.model()
                                .map(m -> String.valueOf(m.getFileName()))
                                .orElse("The model in the box"),
                        loaded,
                        judging.model().isPresent() ? Files.size(judging.model().get()) : BoxedModel.bytes(),
                        epochs,
                        judging.part().toString(),
                        chosen.leftOut(judging.part()),
                        examination,
                        new ModelReport.Sounds(chosen.store())));
        stdout().printf("%s: open it in a browser%n", out.get().resolve("index.html"));
        return Main.DONE;
    }
}
