package dev.onda.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reads the command line, runs the command, and turns what goes wrong into one line and an exit status. */
public final class Main {
    static final int DONE = 0;
    static final int DEFECT = 1;
    static final int USER_ERROR = 2;

    private final Function<String[], Command> topCommand;
    private final PrintWriter out;
    private final PrintWriter err;

    /** The commands of {@link Onda}, with results to {@code out} and everything else to {@code err}. */
    Main(PrintWriter out, PrintWriter err) {
        this(Onda::of, out, err);
    }

    /** Any top-level command, such as one with test commands. */
    Main(Command top, PrintWriter out, PrintWriter err) {
        this(args -> top, out, err);
    }

    private Main(Function<String[], Command> topCommand, PrintWriter out, PrintWriter err) {
        this.topCommand = topCommand;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) {
        PrintWriter out = StandardOutput.of(new FileOutputStream(FileDescriptor.out), System.out.charset());
        System.exit(new Main(out, standardError()).execute(args));
    }

    /** Runs one command with the process's own streams; returns the exit status. */
    static int run(String... args) {
        PrintWriter out = new PrintWriter(System.out, true, System.out.charset());
        return new Main(out, standardError()).execute(args);
    }

    private static PrintWriter standardError() {
        return new PrintWriter(System.err, true, System.err.charset());
    }

    /**
     * Runs one command; returns the exit status: 0 done, 1 a defect, 2 something for the user to mend. Who stops reading the
     * results, as {@code head} does, has enough of them: that is done, too.
     */
    int execute(String... args) {
        try {
            int status = call(args);
            boolean isLost = out.checkError();
            if (isLost && !(out instanceof StandardOutput standard && standard.isAbandoned())) {
                err.println(
                        "onda: the results could not be written to standard output: is it closed, or the disk full?");
                return status == DONE ? USER_ERROR : status;
            }
            return status;
        } catch (Error e) {
            return fail(e);
        } finally {
            out.flush();
            err.flush();
        }
    }

    /**
     * Reads the line and calls the command that it names. Without {@link CommandLine#execute}, for which Java would make
     * classes as it starts.
     */
    private int call(String... args) {
        try {
            CommandLine line = new CommandLine(topCommand.apply(args).spec())
                    .setOut(out)
                    .setErr(err)
                    .setExpandAtFiles(false)
                    .setCaseInsensitiveEnumValuesAllowed(true);
            takeQuotesAsTheyAre(line);
            ParseResult read = line.parseArgs(args);
            if (CommandLine.printHelpIfRequested(read)) {
                return DONE;
            }
            Command command = read.asCommandLineList().getLast().getCommand();
            return command.call();
        } catch (ParameterException e) {
            return refuse(e);
        } catch (Exception e) {
            return fail(e);
        }
    }

    /** The shell has dealt with quotes; picocli would warn of one that is left, in lines of its own. */
    private static void takeQuotesAsTheyAre(CommandLine line) {
        line.getCommandSpec().parser().splitQuotedStrings(true);
        for (CommandLine below : line.getSubcommands().values()) {
            takeQuotesAsTheyAre(below);
        }
    }

    private int refuse(ParameterException e) {
        CommandLine command = e.getCommandLine();
        String hint =
                e instanceof UnmatchedArgumentException unmatched ? String.join(", ", unmatched.getSuggestions()) : "";
        String guess = hint.isEmpty() ? "" : " (did you mean " + hint + "?)";
        String complaint = Complaint.of(e)
                .replaceFirst("is not an? (int|long)$", "is not a whole number")
                .replaceFirst("is not a double$", "is not a number");
        err.println("onda: " + complaint + guess + "; see "
                + command.getCommandSpec().qualifiedName() + " --help");
        return USER_ERROR;
    }

    private int fail(Throwable thrown) {
        if (Complaint.isForTheUser(thrown)) {
            err.println("onda: " + Complaint.of(thrown));
            return USER_ERROR;
        }
        err.println(
                "onda: a defect in Onda itself: " + thrown.getClass().getSimpleName() + ": " + Complaint.of(thrown));
        thrown.printStackTrace(err);
        return DEFECT;
    }
}
