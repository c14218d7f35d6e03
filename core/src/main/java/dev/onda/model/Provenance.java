package dev.onda.model;

import java.util.Map;

/**
 * Where a model comes from. Nothing in it tells the time, so that the same training gives the same file.
 *
 * @param dataSha256 hash of the clip store it was trained on
 * @param software what trained it, with its commit
 * @param recipe how it was trained, setting by setting
 * @param figures what was counted and measured, such as the accuracy on validation
 * @param attribution whom the data is to be credited to, in one line; empty if that is not known
 */
public record Provenance(
        String dataSha256,
        String software,
        Map<String, String> recipe,
        Map<String, String> figures,
        String attribution) {

    /** Name of the setting that says which file of another program's weights a model was made of. */
    public static final String IMPORTED = "imported";

    /** Name of the figure that says how many clips a list kept out of the corpus; not there if there was no list. */
    public static final String EXCLUDED_CLIPS = "excludedClips";

    /** Name of the figure that is the name of that list's file. */
    public static final String EXCLUDED_BY = "excludedBy";

    /** What stands before the names of figures that are those of the model that a model was taught from. */
    public static final String BASE = "base.";

    /** For models made otherwise than by training. */
    public static final Provenance NONE = new Provenance("", "", Map.of(), Map.of());

    /** Of data that need not be credited. */
    public Provenance(String dataSha256, String software, Map<String, String> recipe, Map<String, String> figures) {
        this(dataSha256, software, recipe, figures, "");
    }

    /** What is to be credited where data of two kinds was learned from. */
    public static String both(String one, String other) {
        if (one.contains(other)) {
            return one;
        }
        return other.contains(one) ? other : one + "; " + other;
    }
}
