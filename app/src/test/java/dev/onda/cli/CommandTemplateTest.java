package dev.onda.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onda.recognize.Detection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a program is named, and what cannot get into its arguments. */
class CommandTemplateTest {

    private static final Detection HEARD = new Detection("yes", 0.98765, 1, 1.5, 1.6254);

    private static List<String> fill(String template) {
        return CommandTemplate.of(template, List.of("yes", "no")).fill(HEARD);
    }

    @Test
    void splitsAtBlanksOutsideOfQuotes() {
        assertThat(fill("lamp on")).containsExactly("lamp", "on");
        assertThat(fill("  lamp \t on  ")).containsExactly("lamp", "on");
        assertThat(fill("'my lamp' \"it's on\" 'say \"hi\"'")).containsExactly("my lamp", "it's on", "say \"hi\"");
        assertThat(fill("lamp --text='a b'\"c d\"e")).containsExactly("lamp", "--text=a bc de");
        assertThat(fill("lamp '' \"\"")).containsExactly("lamp", "", "");
    }

    @Test
    void noOtherCharacterMeansAnything() {
        assertThat(fill("C:\\lamp.exe $HOME *.wav ~ ; | > # `id`"))
                .containsExactly("C:\\lamp.exe", "$HOME", "*.wav", "~", ";", "|", ">", "#", "`id`");
    }

    @Test
    void placeholdersAreFilledInWithinTheirArgument() {
        assertThat(fill("lamp {word} at={time},{score} {start} {end}"))
                .containsExactly("lamp", "yes", "at=1.625,0.988", "1.000", "1.500");
        assertThat(fill("curl -d '{\"word\":\"{word}\"}' {}"))
                .containsExactly("curl", "-d", "{\"word\":\"yes\"}", "{}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "'", "\"", "; rm x", "$(id)", "{score}", "$1", "\\", "a\nb", "x -y"})
    void aWordStaysOneArgument(String word) {
        CommandTemplate template = CommandTemplate.of("lamp {word} \"is {word}\"", List.of(word));
        assertThat(template.fill(new Detection(word, 1, 0, 1, 1))).containsExactly("lamp", word, "is " + word);
    }

    @Test
    void saysWhatIsWrong() {
        refuses(" ", "no program in ' '");
        refuses("\"\" a", "no program in '\"\" a'");
        refuses("lamp \"on", "a quote \" is left open in 'lamp \"on'");
        refuses("lamp {Word}", "no placeholder {Word}; there are {word}, {score}, {time}, {start}, {end}");
        refuses("{word} on", "the program itself cannot be a placeholder, as in '{word}'");
        refuses("lamp.BAT {word}", "'lamp.BAT' is run by a shell, which would read the words; name a program");
    }

    private static void refuses(String template, String message) {
        assertThatThrownBy(() -> fill(template)).isInstanceOf(UserError.class).hasMessage("--exec: " + message);
    }

    @Test
    void aWordCannotBecomeAnOption() {
        List<String> words = List.of("yes", "--delete");
        assertThatThrownBy(() -> CommandTemplate.of("lamp {word}", words))
                .isInstanceOf(UserError.class)
                .hasMessage(
                        "--exec: the model's word '--delete' would be an option of lamp; put something before it, as in"
                                + " word={word}");
        assertThat(CommandTemplate.of("lamp word={word}", words).arguments()).hasSize(2);
        assertThat(CommandTemplate.of("lamp {time}", words).arguments()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sh -c 'echo {word}'",
                "/bin/bash -c \"echo {word}\"",
                "sh -c {word}",
                "bash {word}",
                "bash -x {word}",
                "powershell.exe -Command 'echo {word}'"
            })
    void aShellMustNotReadAWordAsAScript(String template) {
        assertThatThrownBy(() -> fill(template))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("--exec: the shell would read the word as part of a script; hand it over");
    }

    @Test
    void aShellMayHaveItAsAnArgument() {
        assertThat(fill("sh -c 'echo \"$1\"' sh {word}")).containsExactly("sh", "-c", "echo \"$1\"", "sh", "yes");
        assertThat(fill("bash lamp.sh {word}")).containsExactly("bash", "lamp.sh", "yes");
        assertThat(fill("sh -c 'echo {time}'")).containsExactly("sh", "-c", "echo 1.625");
    }
}
