package dev.onda.cli;

/** How the user calls Onda, for the commands that its messages propose. */
final class CalledAs {

    private static final String PROPERTY = "onda.called.as";

    private CalledAs() {}

    static String text() {
        return System.getProperty(PROPERTY, "./onda");
    }

    /** It was called as a jar, unless somebody who wraps that says otherwise in the property. */
    static void jar() {
        System.getProperties().putIfAbsent(PROPERTY, "java -jar " + System.getProperty("java.class.path"));
    }
}
