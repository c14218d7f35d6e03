package dev.onda.nn.kernel;

/** Counter-based randomness: the same counter gives the same number, in any order and on any thread. */
public final class Hash {

    private Hash() {}

    /** The finalizer of MurmurHash3 (Appleby 2011): 32 well-mixed bits of a 32-bit counter. */
    public static int mix(int counter) {
        int h = counter;
        h ^= h >>> 16;
        h *= 0x85ebca6b;
        h ^= h >>> 13;
        h *= 0xc2b2ae35;
        return h ^ (h >>> 16);
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood 2014): 64 well-mixed bits. */
    public static long mix(long counter) {
        long h = counter + 0x9e3779b97f4a7c15L;
        h = (h ^ (h >>> 30)) * 0xbf58476d1ce4e5b9L;
        h = (h ^ (h >>> 27)) * 0x94d049bb133111ebL;
        return h ^ (h >>> 31);
    }

    /** A seed for the child {@code index} of {@code seed}; children of one seed are unrelated to each other. */
    public static long child(long seed, long index) {
        return mix(mix(seed) ^ (index * 0xd1342543de82ef95L));
    }
}
