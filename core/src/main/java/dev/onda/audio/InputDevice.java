package dev.onda.audio;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioFormat.Encoding;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.Line;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.TargetDataLine;

/** A device that sound can be recorded from, as Java Sound finds it: a microphone, a line in, what a sound server offers. */
public final class InputDevice {

    /**
     * A way in which a device gives sound: signed integers of 16 bits, the lower byte first.
     *
     * @param sampleRateHz frames a second
     * @param channels samples a frame
     */
    public record Form(int sampleRateHz, int channels) {

        AudioFormat format() {
            return new AudioFormat(sampleRateHz, 16, channels, true, false);
        }

        DataLine.Info line() {
            return new DataLine.Info(TargetDataLine.class, format());
        }
    }

    /** In the order in which they are tried: what speech needs, then what devices have when the system converts nothing. */
    private static final List<Form> FORMS = List.of(
            new Form(16_000, 1),
            new Form(48_000, 1),
            new Form(44_100, 1),
            new Form(16_000, 2),
            new Form(48_000, 2),
            new Form(44_100, 2),
            new Form(32_000, 1),
            new Form(22_050, 1),
            new Form(8_000, 1));

    /** Where lines come from: one mixer, or the system's choice of one. */
    @FunctionalInterface
    private interface Lines {
        Line get(Line.Info info) throws LineUnavailableException;
    }

    private final String name;
    private final List<Form> forms;
    private final Lines lines;

    private InputDevice(String name, List<Form> forms, Lines lines) {
        this.name = name;
        this.forms = forms;
        this.lines = lines;
    }

    /** All there are, in the system's order. Asks the system anew each time. */
    public static List<InputDevice> all() {
        List<InputDevice> all = new ArrayList<>();
        if (hasJavaSound()) {
            for (Mixer.Info info : AudioSystem.getMixerInfo()) {
                Mixer mixer = AudioSystem.getMixer(info);
                Set<Form> forms = new LinkedHashSet<>(supported(mixer::isLineSupported));
                forms.addAll(own(mixer));
                if (!forms.isEmpty()) {
                    all.add(new InputDevice(info.getName(), List.copyOf(forms), mixer::getLine));
                }
            }
        }
        return all;
    }

    /**
     * The one that the system takes when nobody chooses.
     *
     * @throws IOException if there is none
     */
    public static InputDevice standard() throws IOException {
        if (!hasJavaSound()) {
            throw new IOException("no microphone: this Java runtime has no module java.desktop, which reads them");
        }
        List<Form> forms = supported(AudioSystem::isLineSupported);
        if (!forms.isEmpty()) {
            return new InputDevice("the default microphone", forms, AudioSystem::getLine);
        }
        return all().stream()
                .findFirst()
                .orElseThrow(() -> new IOException("no microphone: Java finds no device to record from"));
    }

    /**
     * The one of this name, or else the only one with this in its name, in any case.
     *
     * @throws IOException if there is none, or more than one; the message names those there are
     */
    public static InputDevice named(String part) throws IOException {
        List<InputDevice> all = all();
        List<InputDevice> found = containing(part, all);
        for (InputDevice device : found) {
            if (device.name.equals(part)) {
                return device;
            }
        }
        if (found.size() == 1) {
            return found.getFirst();
        }
        if (found.isEmpty()) {
            throw new IOException("no input device has '" + part + "' in its name; "
                    + (all.isEmpty() ? "Java finds none at all" : "there are: " + names(all)));
        }
        throw new IOException("'" + part + "' is in the names of several input devices: " + names(found));
    }

    private static List<InputDevice> containing(String part, List<InputDevice> all) {
        String wanted = part.toLowerCase(Locale.ROOT);
        return all.stream()
                .filter(d -> d.name.toLowerCase(Locale.ROOT).contains(wanted))
                .toList();
    }

    private static String names(List<InputDevice> devices) {
        return devices.stream().map(InputDevice::name).collect(Collectors.joining(", "));
    }

    private static boolean hasJavaSound() {
        return ModuleLayer.boot().findModule("java.desktop").isPresent();
    }

    private static List<Form> supported(Predicate<Line.Info> isSupported) {
        return FORMS.stream().filter(form -> isSupported.test(form.line())).toList();
    }

    /** What a mixer's lines say of themselves, for devices that have none of the usual forms. */
    private static List<Form> own(Mixer mixer) {
        List<Form> forms = new ArrayList<>();
        for (Line.Info info : mixer.getTargetLineInfo()) {
            if (info instanceof DataLine.Info line && TargetDataLine.class.isAssignableFrom(line.getLineClass())) {
                for (AudioFormat format : line.getFormats()) {
                    int rate = Math.round(format.getSampleRate());
                    boolean isPcm = format.getEncoding().equals(Encoding.PCM_SIGNED) && !format.isBigEndian();
                    if (isPcm && format.getSampleSizeInBits() == 16 && rate > 0 && format.getChannels() > 0) {
                        forms.add(new Form(rate, format.getChannels()));
                    }
                }
            }
        }
        return forms;
    }

    /** What the system calls it. */
    public String name() {
        return name;
    }

    /** How it gives sound, the form that is tried first at the front; at least one. */
    public List<Form> forms() {
        return forms;
    }

    /**
     * Starts recording.
     *
     * @throws IOException if no form of it can be had now, such as when another program uses it
     */
    public Microphone open() throws IOException {
        String why = "";
        for (Form form : forms) {
            try {
                return Microphone.start((TargetDataLine) lines.get(form.line()), form, name);
            } catch (LineUnavailableException | IllegalArgumentException e) {
                // Another form may be free: a sound server's is when the hardware's own is taken.
                why = e.getMessage();
            }
        }
        throw new IOException(name + " cannot be opened: " + why + "; does another program use it?");
    }
}
