package dev.onda.cli;

import java.util.Optional;

/** The version that the build wrote into the jar, and the Java it runs on. */
final class Version {

    private Version() {}

    /** What {@code --version} shows. */
    static String[] lines() {
        return new String[] {"onda " + current(), "Java " + Runtime.version() + ", " + System.getProperty("os.arch")};
    }

    /** Such as "0.1.0", or "unpackaged" when the classes do not come from a jar. */
    static String current() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("unpackaged");
    }

    /** The version and the commit it was built from, as model files name them. */
    static String software() {
        String commit = System.getProperty("onda.commit", "");
        return commit.isEmpty() ? "onda " + current() : "onda " + current() + " (" + commit + ")";
    }
}
