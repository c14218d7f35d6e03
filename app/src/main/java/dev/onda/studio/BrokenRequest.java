package dev.onda.studio;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * What the server answers before a route is found: to an address it cannot read, too long a header, no HTTP at all. It closes the
 * connection then, and this says so, or a client would send its next request into it.
 */
final class BrokenRequest implements Request.Handler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        byte[] line =
                Answer.object().put("error", "the request is broken").toString().getBytes(StandardCharsets.UTF_8);
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CONNECTION, "close");
        headers.put(HttpHeader.CACHE_CONTROL, "no-store");
        headers.put(HttpHeader.CONTENT_TYPE, "application/json");
        response.write(true, ByteBuffer.wrap(line), callback);
        return true;
    }
}
