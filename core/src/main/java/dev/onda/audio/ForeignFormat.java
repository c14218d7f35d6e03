package dev.onda.audio;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Kinds of sound files that are often taken for WAV, told by how they begin, and how to make WAV of them. */
enum ForeignFormat {
    MP3("an MP3 file", "mp3", 0, "ID3"),
    FLAC("a FLAC file", "flac", 0, "fLaC"),
    OGG("an Ogg file", "ogg", 0, "OggS"),
    MP4("an MP4 or M4A file", "m4a", 4, "ftyp"),
    WEBM("a WebM file", "webm", 0, "\u001aE\u00df\u00a3"),
    AIFF("an AIFF file", "aiff", 0, "FORM"),
    AMR("an AMR file", "amr", 0, "#!AMR");

    /** The first bits of an MPEG frame, where no tag stands before it (ISO/IEC 11172-3). */
    private static final int SYNC = 0xe0;

    private final String title;
    private final String suffix;
    private final int at;
    private final String mark;

    ForeignFormat(String title, String suffix, int at, String mark) {
        this.title = title;
        this.suffix = suffix;
        this.at = at;
        this.mark = mark;
    }

    /** What these bytes seem to be and how to convert them, in words; nothing if that is not known. */
    static Optional<String> of(byte[] bytes) {
        return Arrays.stream(values())
                .filter(format -> format.begins(bytes))
                .findFirst()
                .map(format ->
                        format.title + ", not a WAV file; convert it: ffmpeg -i in." + format.suffix + " out.wav");
    }

    private boolean begins(byte[] bytes) {
        boolean isMarked = bytes.length >= at + mark.length()
                && new String(bytes, at, mark.length(), StandardCharsets.ISO_8859_1).equals(mark);
        boolean isFrame =
                bytes.length >= 4 && bytes[0] == (byte) 0xff && (bytes[1] & SYNC) == SYNC && (bytes[1] & 6) != 0;
        return isMarked || (this == MP3 && isFrame);
    }
}
