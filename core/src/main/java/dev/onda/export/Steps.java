package dev.onda.export;

import dev.onda.export.Arena.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The calls that compute a network one after the other, and the buffers that they work in. */
final class Steps {

    private final Arena arena = new Arena();
    private final Set<Kernel> kernels = EnumSet.noneOf(Kernel.class);
    /** Texts that tell addresses, which are known once all buffers are placed. */
    private final List<Supplier<String>> texts = new ArrayList<>();

    private final Deque<Buffer> forks = new ArrayDeque<>();
    private Buffer at;

    /**
     * @param size of the buffer that the first step fills
     */
    Steps(int size) {
        at = arena.take(size);
    }

    /** Where the numbers at hand are. */
    Buffer at() {
        return at;
    }

    /** A buffer for what the next step computes, or works in. */
    Buffer take(int size) {
        return arena.take(size);
    }

    /** Whether the numbers at hand are wanted later, too. */
    boolean isForked() {
        return forks.contains(at);
    }

    /** Keeps the numbers at hand for the {@link #join} that belongs to this. */
    void fork() {
        forks.push(at);
    }

    Buffer join() {
        return forks.pop();
    }

    /** The numbers at hand, for a step that changes them: a copy, where they are wanted later. */
    Buffer own(int size) {
        if (isForked()) {
            Buffer x = at;
            Buffer copy = take(size);
            String numbers = size + " * sizeof(float)";
            add(
                    "a copy, for these are wanted later",
                    () -> "memcpy(" + address(copy) + ", " + address(x) + ", " + numbers + ");",
                    x,
                    copy);
        }
        return at;
    }

    /**
     * Adds a step.
     *
     * @param needed all buffers it reads or writes; the numbers at hand are in the last of them then
     */
    void add(String comment, Kernel kernel, Supplier<String> call, Buffer... needed) {
        kernel.addTo(kernels);
        add(comment, call, needed);
    }

    private void add(String comment, Supplier<String> call, Buffer... needed) {
        texts.add(() -> "    /* " + CText.comment(comment) + " */\n    " + call.get() + "\n");
        arena.step(needed);
        at = needed[needed.length - 1];
    }

    /** Ends with the numbers at hand; returns how many the work needs room for. */
    int end() {
        Buffer last = at;
        texts.add(() -> "    return " + address(last) + ";\n");
        arena.step(last);
        return arena.place();
    }

    static String address(Buffer buffer) {
        return buffer.at() == 0 ? "work" : "work + " + buffer.at();
    }

    /** The calls, once there is an end. */
    String text() {
        return texts.stream().map(Supplier::get).collect(Collectors.joining());
    }

    /** The functions that they call. */
    String kernels() {
        return kernels.stream().map(Kernel::text).collect(Collectors.joining("\n"));
    }
}
