package dev.onda.fetch;

import java.net.URI;
import java.util.Optional;

/**
 * A file on the network.
 *
 * @param uri where it is, http or https
 * @param sha256 what its content must hash to, if that is known
 */
public record Source(URI uri, Optional<Sha256> sha256) {

    /**
     * @throws IllegalArgumentException if the address is not an http or https one with a host
     */
    public Source {
        boolean isHttp = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!isHttp || uri.getHost() == null) {
            throw new IllegalArgumentException("a download starts with http://HOST or https://HOST, not " + uri);
        }
    }
}
