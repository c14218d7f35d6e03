package dev.onda.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code java -jar onda.jar} starts.
 *
 * <p>A jar cannot ask for the module of the Vector API; only Java's command line can, and without it a training takes many
 * times as long. So where the command line does not name it, this starts Java once more with it: same options and
 * arguments, same input and output. When one of the two processes ends, so does the other, and the status is handed on.
 */
public final class Launcher {

    private static final String VECTORS = "jdk.incubator.vector";
    private static final String STARTER = "onda.starter";

    private Launcher() {}

    public static void main(String[] args) throws IOException {
        CalledAs.jar();
        Long starter = Long.getLong(STARTER);
        if (starter != null) {
            endWith(starter);
            Main.main(args);
        } else if (isNamed() || !isInstalled()) {
            Main.main(args);
        } else {
            startAgain(args);
        }
    }

    private static boolean isNamed() {
        return ModuleLayer.boot().findModule(VECTORS).isPresent();
    }

    private static boolean isInstalled() {
        return ModuleFinder.ofSystem().find(VECTORS).isPresent();
    }

    private static void startAgain(String[] args) throws IOException {
        Process java = new ProcessBuilder(command(args)).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> end(java)));
        System.exit(status(java));
    }

    private static List<String> command(String[] args) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("--add-modules=" + VECTORS);
        command.add("--enable-native-access=ALL-UNNAMED");
        command.add("-Djdk.reflect.useNativeAccessorOnly=true");
        command.add("-D" + STARTER + "=" + ProcessHandle.current().pid());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Launcher.class.getName());
        command.addAll(List.of(args));
        return command;
    }

    /** Ctrl-C reaches both processes, a kill only this one. Where a process cannot be asked to end, only Ctrl-C is handed on. */
    private static void end(Process java) {
        if (java.supportsNormalTermination()) {
            java.destroy();
        }
        Runtime.getRuntime().halt(status(java));
    }

    private static int status(Process java) {
        return java.onExit().join().exitValue();
    }

    /** Even where the starter is killed the hard way, nothing goes on unseen. */
    private static void endWith(long starter) {
        Thread.ofPlatform().daemon().name("onda-starter").start(() -> {
            ProcessHandle.of(starter).ifPresent(p -> p.onExit().join());
            System.exit(Main.DONE);
        });
    }
}
