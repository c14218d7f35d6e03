package dev.onda.studio;

import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON to and from clients. */
final class Answer {

    private static final int LONGEST_REQUEST = 64 << 10;

    private Answer() {}

    static ObjectNode object() {
        return JsonMapper.shared().createObjectNode();
    }

    static ArrayNode array() {
        return JsonMapper.shared().createArrayNode();
    }

    static void json(Context ctx, JsonNode node) {
        ctx.contentType("application/json").result(node.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The answer to what is refused. */
    static void refuse(Context ctx, Refusal refusal) {
        ctx.status(refusal.status());
        json(ctx, object().put("error", refusal.getMessage()));
    }

    /**
     * The object that a client sent.
     *
     * @throws Refusal if it is none
     */
    static ObjectNode read(Context ctx) {
        try {
            byte[] body = ctx.bodyInputStream().readNBytes(LONGEST_REQUEST + 1);
            if (body.length <= LONGEST_REQUEST && JsonMapper.shared().readTree(body) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException | IOException e) {
            throw Refusal.bad("the body is no JSON object");
        }
        throw Refusal.bad("the body is no JSON object");
    }

    /**
     * @throws Refusal if the object has no such text
     */
    static String text(JsonNode object, String key) {
        JsonNode value = object.path(key);
        if (!value.isString() || value.asString().isBlank()) {
            throw Refusal.bad("\"" + key + "\" is missing, a text");
        }
        return value.asString().strip();
    }
}
