package dev.onda.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The tree is what Jackson's own mapper makes of the text. */
class JsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                " [ 1 , 2.5, -3e-2, 2147483648, 9223372036854775808, true, false, null, \"a\\n\\u00e9\" ] ",
                "{\"a\":{\"b\":[[],{}]},\"c\":\"überall\"}",
                "\"text\"",
                "-7"
            })
    void readsWhatTheMapperReads(String text) {
        assertThat(Json.parse(text)).isEqualTo(JsonMapper.shared().readTree(text));
    }

    @Test
    void readsTreesOfAnyShape() {
        for (int seed = 0; seed < 200; seed++) {
            String text = tree(new SplittableRandom(seed), 0).toString();
            assertThat(Json.parse(text))
                    .as("seed %d: %s", seed, text)
                    .isEqualTo(JsonMapper.shared().readTree(text));
        }
    }

    private static ArrayNode tree(SplittableRandom random, int depth) {
        ArrayNode list = JsonMapper.shared().createArrayNode();
        int size = random.nextInt(5);
        for (int i = 0; i < size; i++) {
            switch (random.nextInt(depth < 4 ? 6 : 4)) {
                case 0 -> list.add(random.nextInt());
                case 1 -> list.add(random.nextLong());
                case 2 -> list.add(random.nextDouble());
                case 3 -> list.add("text " + (char) random.nextInt(1, 0xD800));
                case 4 -> list.add(tree(random, depth + 1));
                default -> {
                    ObjectNode object = list.addObject();
                    object.set("key", tree(random, depth + 1));
                    object.put("other", random.nextBoolean());
                }
            }
        }
        return list;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1",
                "[1,]",
                "[1 2]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":1,\"a\":2}",
                "{} {}",
                "[] x",
                "]",
                "nul",
                "NaN",
                "01",
                "\"open"
            })
    void refusesWhatIsNotOneValue(String text) {
        assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> Json.parse(text));
    }

    @Test
    void refusesDepthsThatWouldOverflowTheStack() {
        assertThatExceptionOfType(JacksonException.class).isThrownBy(() -> Json.parse("[".repeat(100_000)));
    }
}
