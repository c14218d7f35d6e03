package dev.onda.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.onda.model.ModelFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Java started without the module of the Vector API, as {@code java -jar} does. */
@Timeout(60)
class LauncherTest {

    @TempDir
    private Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void handsOnArgumentsOutputAndStatus() throws Exception {
        Process refused = start(List.of(), "recognize", "no such 'clip' here.wav");
        assertThat(refused.errorReader(StandardCharsets.UTF_8).readAllLines())
                .containsExactly(
                        "WARNING: Using incubator modules: jdk.incubator.vector",
                        "onda: no such file or folder: no such 'clip' here.wav");
        assertThat(refused.waitFor()).isEqualTo(2);
    }

    @Test
    void handsOnTheOptionsOfJava() throws Exception {
        Process models = start(List.of("-Donda.called.as=my onda"), "models");
        assertThat(models.inputReader(StandardCharsets.UTF_8).readAllLines())
                .last()
                .asString()
                .startsWith("next: my onda train --model onda-m");
        assertThat(models.waitFor()).isZero();
    }

    @Test
    void handsOnInputAndAKill() throws Exception {
        assumeTrue(ProcessHandle.current().supportsNormalTermination(), "the system cannot ask a process to end");
        Process launcher = listening();
        List<ProcessHandle> started = launcher.descendants().toList();
        launcher.toHandle().destroy();
        assertThat(launcher.waitFor()).isZero();
        assertThat(started).singleElement().matches(java -> !java.isAlive());
        assertThat(launcher.errorReader(StandardCharsets.UTF_8).readAllLines())
                .singleElement()
                .asString()
                .matches("listened to [0-9.]+ s of sound: 1 word");
    }

    @Test
    void leavesNothingRunningWhenItIsKilledTheHardWay() throws Exception {
        Process launcher = listening();
        ProcessHandle started = launcher.descendants().findFirst().orElseThrow();
        launcher.destroyForcibly();
        assertThat(started.onExit().get().isAlive()).isFalse();
    }

    /** A launcher whose command has heard a word in its standard input, which stays open. */
    private Process listening() throws IOException {
        Path model = folder.resolve("hummed.safetensors");
        ModelFile.write(model, HummedWords.model("low", "high"));
        Process launcher = start(List.of(), "listen", "--model", model.toString(), "--raw", "8000");
        BufferedReader said = launcher.errorReader(StandardCharsets.UTF_8);
        assertThat(said.readLine()).isEqualTo("WARNING: Using incubator modules: jdk.incubator.vector");
        assertThat(said.readLine()).startsWith("listening to standard input");
        launcher.getOutputStream().write(HummedWords.pcm(HummedWords.say("low"), 1));
        launcher.getOutputStream().flush();
        assertThat(launcher.inputReader(StandardCharsets.UTF_8).readLine()).contains("\tlow\t");
        return launcher;
    }

    private Process start(List<String> options, String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Launcher.class.getName()));
        command.addAll(List.of(args));
        Process process = new ProcessBuilder(command).start();
        processes.add(process);
        return process;
    }
}
