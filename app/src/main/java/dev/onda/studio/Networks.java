package dev.onda.studio;

import dev.onda.model.Architecture;
import dev.onda.nn.Network;
import dev.onda.train.RecipeFile;
import io.javalin.http.Context;
import tools.jackson.databind.node.ArrayNode;

/** The networks that can be trained, as {@code onda models} tells of them. */
final class Networks {

    /** As {@code onda models} has it: their number hardly changes the figures. */
    private static final int WORDS = 30;

    private Networks() {}

    /** A line each: name, source, parameters, multiply-accumulates for a second of sound, epochs of its own recipe. */
    static void list(Context ctx) {
        ArrayNode list = Answer.array();
        for (Architecture each : Architecture.all()) {
            Network network = each.network(WORDS, each.sampleRateHz());
            list.addObject()
                    .put("name", each.name())
                    .put("source", each.source())
                    .put("parameters", network.size())
                    .put("multiplyAccumulates", network.allMultiplyAccumulates())
                    .put("epochs", RecipeFile.defaults(each).epochs());
        }
        Answer.json(ctx, list);
    }
}
