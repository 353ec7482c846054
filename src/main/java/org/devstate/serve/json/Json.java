// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.json;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Makes JSON texts on one line. What could begin HTML is escaped, so that a text is data wherever it lands. Stateless. */
public final class Json {

    /** A part of a JSON text. */
    public interface Part {

        /** Writes one value. */
        void write(JsonWriter json) throws IOException;
    }

    private Json() {}

    /** The text of one value. */
    public static String text(Part part) {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.setHtmlSafe(true);
            json.setSerializeNulls(true);
            part.write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** The same in UTF-8. */
    public static byte[] bytes(Part part) {
        return text(part).getBytes(StandardCharsets.UTF_8);
    }
}
