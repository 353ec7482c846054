// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.xmpp;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A form to submit (XEP-0004).
 *
 * @param type its {@code FORM_TYPE}
 * @param fields lines of text, by the names of the fields, in order
 */
public record FilledForm(String type, Map<String, List<String>> fields) {

    public FilledForm {
        fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
    }

    /** One of that type in which nothing is filled in. */
    public static FilledForm of(String type) {
        return new FilledForm(type, Map.of());
    }

    /** The same with one more field. */
    public FilledForm with(String name, String value) {
        return with(name, List.of(value));
    }

    /** The same with one more field, a value a line. */
    public FilledForm with(String name, List<String> lines) {
        Map<String, List<String>> more = new LinkedHashMap<>(fields);
        more.put(name, List.copyOf(lines));
        return new FilledForm(type, more);
    }
}
