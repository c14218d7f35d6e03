package dev.onda.audio;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.DataLine;
import javax.sound.sampled.Line;
import javax.sound.sampled.LineUnavailableException;
import javax.sound.sampled.Mixer;
import javax.sound.sampled.TargetDataLine;
import javax.sound.sampled.spi.MixerProvider;

/** Input devices that Java Sound finds while tests run: there is no sound card in them. */
public final class FakeDevices extends MixerProvider {

    private static final List<Device> DEVICES = new CopyOnWriteArrayList<>();

    /** One device: formats that its lines have, those that are taken by others, and the sound it gives. */
    static final class Device {
        private final Info info;
        private final List<AudioFormat> formats;
        private final List<AudioFormat> taken;
        /** Bytes that reads give, one after another; an empty array if the device is gone. */
        final BlockingQueue<byte[]> sound = new LinkedBlockingQueue<>();
        /** What was done to its line. */
        final List<String> events = new CopyOnWriteArrayList<>();

        Device(String name, List<AudioFormat> formats, List<AudioFormat> taken) {
            this.info = new Info(name);
            this.formats = formats;
            this.taken = taken;
        }

        private Mixer mixer() {
            return proxy(Mixer.class, (self, method, args) -> switch (method.getName()) {
                case "getMixerInfo" -> info;
                case "isLineSupported" -> ((Line.Info) args[0]).matches(lines());
                case "getTargetLineInfo" -> new Line.Info[] {lines()};
                case "getSourceLineInfo" -> new Line.Info[0];
                case "getLine" -> line();
                case "getMaxLines" -> 1;
                default -> throw new UnsupportedOperationException(method.getName());
            });
        }

        private DataLine.Info lines() {
            return new DataLine.Info(TargetDataLine.class, formats.toArray(AudioFormat[]::new), 0, 1 << 20);
        }

        private TargetDataLine line() {
            return proxy(TargetDataLine.class, (self, method, args) -> {
                switch (method.getName()) {
                    case "open" -> open((AudioFormat) args[0]);
                    case "read" -> {
                        byte[] next = sound.take();
                        System.arraycopy(next, 0, (byte[]) args[0], (int) args[1], next.length);
                        return next.length;
                    }
                    case "start", "stop" -> events.add(method.getName());
                    case "close" -> {
                        events.add("close");
                        sound.add(new byte[0]);
                    }
                    default -> throw new UnsupportedOperationException(method.getName());
                }
                return null;
            });
        }

        private void open(AudioFormat format) throws LineUnavailableException {
            if (taken.stream().anyMatch(t -> t.matches(format))) {
                throw new LineUnavailableException("line is taken");
            }
            events.add("open " + (int) format.getSampleRate() + "x" + format.getChannels());
        }

        private static <T> T proxy(Class<T> type, InvocationHandler handler) {
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
        }
    }

    private static final class Info extends Mixer.Info {
        Info(String name) {
            super(name, "Onda", "for tests", "1");
        }
    }

    /** Plugs devices in, and all others out. */
    static void plugIn(Device... devices) {
        DEVICES.clear();
        DEVICES.addAll(List.of(devices));
    }

    static AudioFormat pcm16(float rateHz, int channels) {
        return new AudioFormat(rateHz, 16, channels, true, false);
    }

    @Override
    public Mixer.Info[] getMixerInfo() {
        return DEVICES.stream().map(d -> d.info).toArray(Mixer.Info[]::new);
    }

    @Override
    public Mixer getMixer(Mixer.Info info) {
        return DEVICES.stream()
                .filter(d -> d.info.equals(info))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no mixer " + info))
                .mixer();
    }
}
