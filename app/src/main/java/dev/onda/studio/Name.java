package dev.onda.studio;

import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names that clients give to words, models and trainings: a part of a path that is a plain one on every system. */
final class Name {

    private static final Pattern GOOD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}'_-]{0,39}");
    /** Of Windows, whatever comes behind a dot. */
    private static final Pattern DEVICE = Pattern.compile("(?i)con|prn|aux|nul|com[\\d¹²³]|lpt[\\d¹²³]");

    private Name() {}

    static boolean isGood(String name) {
        return GOOD.matcher(name).matches() && !DEVICE.matcher(name).matches();
    }

    /**
     * A name as it is.
     *
     * @throws Refusal if it is no good
     */
    static String check(String name) {
        if (!isGood(name)) {
            throw Refusal.bad(
                    "a name has up to 40 letters, digits, hyphens, underscores and apostrophes, no blanks (such as lights_on), and begins with a letter or digit");
        }
        return name;
    }

    /**
     * A word as its folder is called: in lower case, composed.
     *
     * @throws Refusal if it is no good
     */
    static String word(String typed) {
        return check(Normalizer.normalize(typed.strip(), Normalizer.Form.NFC).toLowerCase(Locale.ROOT));
    }
}
