package dev.onda.model;

import java.util.Map;

/**
 * Where a model comes from. Nothing in it tells the time, so that the same training gives the same file.
 *
 * @param dataSha256 hash of the clip store it was trained on
 * @param software what trained it, with its commit
 * @param recipe how it was trained, setting by setting
 * @param figures what was measured, such as the accuracy on validation
 */
public record Provenance(String dataSha256, String software, Map<String, String> recipe, Map<String, String> figures) {

    /** For models made otherwise than by training. */
    public static final Provenance NONE = new Provenance("", "", Map.of(), Map.of());
}
