package dev.onda.audio;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/**
 * Sound files of any kind. WAV is read here; everything else goes to Java Sound, which reads AIFF and AU itself and more
 * with providers on the class path. No class of {@code java.desktop} is loaded for WAV.
 */
public final class AudioFile {

    private static final Set<String> EXTENSIONS = Set.of(
            "wav", "wave", "bwf", "rf64", "aif", "aiff", "aifc", "au", "snd", "flac", "mp3", "ogg", "oga", "opus",
            "m4a", "aac", "wma");

    private AudioFile() {}

    /**
     * Reads a file by its content, whatever its name.
     *
     * @throws AudioFormatException if the content is damaged, or neither WAV nor known to a Java Sound provider
     * @throws IOException if the file does not exist or cannot be read; the message names it
     */
    public static Wave read(Path file) throws IOException {
        return parse(FileBytes.read(file), file.toString());
    }

    /**
     * Reads the bytes of a whole file by its content.
     *
     * @param source what messages call the bytes
     * @throws AudioFormatException if the content is damaged, or neither WAV nor known to a Java Sound provider
     */
    public static Wave parse(byte[] bytes, String source) throws IOException {
        if (bytes.length == 0 || WavChunks.isRiff(bytes)) {
            return WavReader.parse(bytes, source);
        }
        if (ModuleLayer.boot().findModule("java.desktop").isEmpty()) {
            throw new AudioFormatException(
                    source,
                    0,
                    "not a WAV file, and this Java runtime has no module java.desktop to read others; convert it to WAV");
        }
        return JavaSound.parse(bytes, source);
    }

    /**
     * Whether a name ends like a sound file's: .wav, .aiff, .au, .flac, .mp3, .ogg, .opus and the like, in any case. It says
     * nothing about the content, nor whether a provider for it is there.
     */
    public static boolean isAudioName(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot >= 0 && EXTENSIONS.contains(fileName.substring(dot + 1).toLowerCase(Locale.ROOT));
    }
}
