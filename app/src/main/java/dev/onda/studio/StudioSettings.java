package dev.onda.studio;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a studio is set up.
 *
 * @param address to listen at; where it is this machine's loopback, its twin of the other version of IP is listened at, too
 * @param port to listen at; 0 takes a free one
 * @param folder for recordings, trainings and models; made if need be
 * @param corpora folders of clips to train on, beside those in {@code folder/corpora}
 * @param token what clients must know; needed if the address is not loopback
 * @param software what to name as the trainer in model files
 * @param limits what one client may ask for
 */
public record StudioSettings(
        InetAddress address,
        int port,
        Path folder,
        List<Path> corpora,
        Optional<String> token,
        String software,
        Limits limits) {

    private static final String CORPORA = "corpora";
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~-]{16,}");

    /**
     * @throws IllegalArgumentException if others than this machine could connect without a token, or the token is short or has other letters
     */
    public StudioSettings {
        corpora = List.copyOf(corpora);
        if (!address.isLoopbackAddress() && token.isEmpty()) {
            throw new IllegalArgumentException("at " + address.getHostAddress()
                    + " other machines can connect, so a token is needed that clients must know");
        }
        if (token.isPresent() && !TOKEN.matcher(token.get()).matches()) {
            throw new IllegalArgumentException("a token has at least 16 characters, letters, digits, and . _ ~ - only,"
                    + " so that it can stand in an address");
        }
    }

    /**
     * Where corpora belong, as its user is told: from where the studio was started or from home. Where others can connect, too, it is
     * a name only.
     */
    String shownCorpora() {
        Path corpora = folder.toAbsolutePath().normalize().resolve(CORPORA);
        if (!address.isLoopbackAddress()) {
            return CORPORA;
        }
        Path here = Path.of("").toAbsolutePath();
        Path home = Path.of(System.getProperty("user.home")).toAbsolutePath();
        if (corpora.startsWith(here)) {
            return here.relativize(corpora).toString();
        }
        return corpora.startsWith(home)
                ? Path.of("~").resolve(home.relativize(corpora)).toString()
                : corpora.toString();
    }
}
