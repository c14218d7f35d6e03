package dev.onda.fetch;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Optional;

/** A validator (RFC 9110, section 8.8): what tells one version of a file on a server from the next: its strong ETag, or else its date of change. */
final class Validator {
    private Validator() {}

    /** The version that an answer names, in the form that If-Range takes. A weak ETag does not do for ranges. */
    static Optional<String> of(HttpResponse<?> response) {
        HttpHeaders headers = response.headers();
        return headers.firstValue("ETag")
                .filter(tag -> !tag.startsWith("W/"))
                .or(() -> headers.firstValue("Last-Modified"));
    }
}
