package dev.onda.audio;

import static dev.onda.audio.FakeDevices.pcm16;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.onda.audio.FakeDevices.Device;
import dev.onda.audio.InputDevice.Form;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Devices as Java Sound finds them; real ones may be there besides. */
class MicrophoneTest {

    private static final Form MONO_16K = new Form(16_000, 1);
    private static final Form STEREO_48K = new Form(48_000, 2);

    @AfterEach
    void plugOut() {
        FakeDevices.plugIn();
    }

    private static Device device(String name, Form... forms) {
        return new Device(name, List.of(forms).stream().map(Form::format).toList(), List.of());
    }

    @Test
    void takesTheFirstFormThatTheDeviceHas() throws IOException {
        Device usb = device("Onda USB", new Form(44_100, 2), STEREO_48K, new Form(44_100, 1));
        FakeDevices.plugIn(usb);
        assertThat(InputDevice.named("Onda USB").forms())
                .containsExactly(new Form(44_100, 1), STEREO_48K, new Form(44_100, 2));
        try (Microphone microphone = InputDevice.named("Onda USB").open()) {
            assertThat(microphone.sampleRateHz()).isEqualTo(44_100);
            assertThat(microphone.isLive()).isTrue();
            assertThat(microphone.name()).isEqualTo("Onda USB");
        }
        assertThat(usb.events).containsExactly("open 44100x1", "start", "stop", "close");
    }

    @Test
    void takesTheNextFormWhereOneIsTaken() throws IOException {
        Device device = new Device("Onda hw", List.of(pcm16(16_000, 1), pcm16(48_000, 2)), List.of(pcm16(16_000, 1)));
        FakeDevices.plugIn(device);
        try (Microphone microphone = InputDevice.named("Onda hw").open()) {
            assertThat(microphone.form()).isEqualTo(STEREO_48K);
        }
    }

    @Test
    void saysThatADeviceIsTaken() throws IOException {
        FakeDevices.plugIn(new Device("Onda hw", List.of(pcm16(16_000, 1)), List.of(pcm16(16_000, 1))));
        InputDevice device = InputDevice.named("Onda hw");
        assertThatThrownBy(device::open)
                .isInstanceOf(IOException.class)
                .hasMessage("Onda hw cannot be opened: line is taken; does another program use it?");
    }

    @Test
    void aDeviceOfUnusualFormsHasItsOwn() throws IOException {
        FakeDevices.plugIn(device("Onda studio", new Form(96_000, 4)));
        assertThat(InputDevice.named("Onda studio").forms()).containsExactly(new Form(96_000, 4));
    }

    @Test
    void whatCannotBeReadIsNoInputDevice() {
        FakeDevices.plugIn(new Device(
                "Onda bytes", List.of(new javax.sound.sampled.AudioFormat(16_000, 8, 1, true, false)), List.of()));
        assertThat(InputDevice.all()).extracting(InputDevice::name).doesNotContain("Onda bytes");
    }

    @Test
    void averagesChannelsAndEndsWhenClosed() throws IOException {
        Device device = device("Onda stereo", STEREO_48K);
        FakeDevices.plugIn(device);
        Microphone microphone = InputDevice.named("Onda stereo").open();
        device.sound.add(new byte[] {0, 0x40, 0, 0, 0, (byte) 0x80, 0, (byte) 0x80});
        float[] samples = new float[5];
        assertThat(microphone.read(samples, 1, 4)).isEqualTo(2);
        assertThat(samples).startsWith(0, 0.25f, -1);
        microphone.close();
        microphone.close();
        assertThat(microphone.read(samples, 0, 5)).isEqualTo(SoundSource.END);
        assertThat(device.events).containsExactly("open 48000x2", "start", "stop", "close");
    }

    @Test
    void saysThatADeviceIsGone() throws IOException {
        Device device = device("Onda USB", MONO_16K);
        FakeDevices.plugIn(device);
        try (Microphone microphone = InputDevice.named("Onda USB").open()) {
            device.sound.add(new byte[0]);
            assertThatThrownBy(() -> microphone.read(new float[9], 0, 9))
                    .isInstanceOf(IOException.class)
                    .hasMessage("Onda USB gives no sound any more; is it still plugged in?");
        }
    }

    @Test
    void findsADeviceByAPartOfItsNameIfThereIsOne() throws IOException {
        FakeDevices.plugIn(device("Onda", MONO_16K), device("Onda two", MONO_16K), device("Onda three", MONO_16K));
        assertThat(InputDevice.named("ONDA TW").name()).isEqualTo("Onda two");
        assertThat(InputDevice.named("Onda").name()).as("the name itself").isEqualTo("Onda");
        assertThatThrownBy(() -> InputDevice.named("onda t"))
                .isInstanceOf(IOException.class)
                .hasMessage("'onda t' is in the names of several input devices: Onda two, Onda three");
        assertThatThrownBy(() -> InputDevice.named("four"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("no input device has 'four' in its name; there are: ")
                .hasMessageContaining("Onda, Onda two, Onda three");
    }

    @Test
    void takesWhatIsThereWhenNobodyChooses() throws IOException {
        assumeThat(InputDevice.all()).as("no real device, which would record").isEmpty();
        assertThatThrownBy(Microphone::open)
                .isInstanceOf(IOException.class)
                .hasMessage("no microphone: Java finds no device to record from");
        assertThatThrownBy(() -> InputDevice.named("four"))
                .hasMessage("no input device has 'four' in its name; Java finds none at all");
        Device device = device("Onda", STEREO_48K);
        FakeDevices.plugIn(device);
        try (Microphone microphone = Microphone.open()) {
            assertThat(microphone.form()).isEqualTo(STEREO_48K);
        }
        assertThat(device.events).containsExactly("open 48000x2", "start", "stop", "close");
    }
}
