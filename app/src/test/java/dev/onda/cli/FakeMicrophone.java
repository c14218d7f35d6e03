package dev.onda.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.CountDownLatch;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.Line;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.TargetDataLine;
import javax.sound.sampled.spi.MixerProvider;

/** A stereo device at the rate of {@link HummedWords}, which Java Sound finds while tests run: it says a word and is silent. */
public final class FakeMicrophone extends MixerProvider {

    static final String NAME = "Onda test microphone";

    private static final AudioFormat FORMAT = new AudioFormat(HummedWords.RATE_HZ, 16, 2, true, false);

    private static final class Info extends Mixer.Info {
        Info() {
            super(NAME, "Onda", "for tests", "1");
        }
    }

    private static final Info INFO = new Info();

    @Override
    public Mixer.Info[] getMixerInfo() {
        return new Mixer.Info[] {INFO};
    }

    @Override
    public Mixer getMixer(Mixer.Info info) {
        if (!info.equals(INFO)) {
            throw new IllegalArgumentException("no mixer " + info);
        }
        DataLine.Info lines = new DataLine.Info(TargetDataLine.class, FORMAT);
        return proxy(Mixer.class, (self, method, args) -> switch (method.getName()) {
            case "getMixerInfo" -> INFO;
            case "isLineSupported" -> ((Line.Info) args[0]).matches(lines);
            case "getTargetLineInfo" -> new Line.Info[] {lines};
            case "getSourceLineInfo" -> new Line.Info[0];
            case "getLine" -> line();
            case "getMaxLines" -> 1;
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static TargetDataLine line() {
        byte[] sound = HummedWords.pcm(HummedWords.say("low"), 2);
        CountDownLatch closed = new CountDownLatch(1);
        int[] at = {0};
        return proxy(TargetDataLine.class, (self, method, args) -> {
            switch (method.getName()) {
                case "open", "start", "stop" -> {}
                case "close" -> closed.countDown();
                case "read" -> {
                    int count = Math.min((int) args[2], sound.length - at[0]);
                    if (count == 0) {
                        closed.await();
                    }
                    System.arraycopy(sound, at[0], (byte[]) args[0], (int) args[1], count);
                    at[0] += count;
                    return count;
                }
                default -> throw new UnsupportedOperationException(method.getName());
            }
            return null;
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
