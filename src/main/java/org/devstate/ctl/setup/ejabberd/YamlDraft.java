// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.ejabberd;

import java.util.List;
import java.util.Map;
import org.devstate.ctl.setup.plan.PlanDraft;
import org.devstate.ctl.xmpp.Failure;

/** The configuration with the changes so far. Not thread-safe. */
final class YamlDraft {

    private final PlanDraft draft;
    private YamlText text;

    YamlDraft(YamlText text, PlanDraft draft) {
        this.text = text;
        this.draft = draft;
    }

    YamlText text() {
        return text;
    }

    /** Notes a change that only a person can make, with its place. */
    void byHand(String change, Object... path) {
        draft.byHand(change + ": " + name(path) + " (" + text.place(path) + ")");
    }

    private static String name(Object... path) {
        StringBuilder name = new StringBuilder();
        for (Object key : path) {
            name.append(name.isEmpty() ? "" : " > ").append(key instanceof Integer number ? number + 1 : key);
        }
        return name.toString();
    }

    /** Whether there is a list at that path, or nothing; otherwise a person has to make the change. */
    boolean needsList(String change, Object... path) {
        Object value = text.value(path);
        return canTake(value == null || value instanceof List<?>, change, path);
    }

    /** Whether there is a map at that path, or nothing; otherwise a person has to make the change. */
    boolean needsMap(String change, Object... path) {
        Object value = text.value(path);
        return canTake(value == null || value instanceof Map<?, ?>, change, path);
    }

    private boolean canTake(boolean can, String change, Object... path) {
        if (!can) {
            byHand(change, path);
        }
        return can;
    }

    /** Adds an item to a list, which is made if it is not there. The path is that of a key. */
    void add(Object item, Object... path) throws Failure {
        List<Object> keys = List.of(path);
        if (text.value(path) instanceof List<?>) {
            text = text.append(keys, item);
        } else {
            text = text.put(keys.subList(0, keys.size() - 1), path[path.length - 1].toString(), List.of(item));
        }
    }

    /** Adds an entry to a map. */
    void put(String key, Object value, Object... path) throws Failure {
        text = text.put(List.of(path), key, value);
    }

    /** Gives an entry of a map another key. */
    void rename(String from, String to, Object... path) throws Failure {
        text = text.rename(List.of(path), from, to);
    }

    /** Replaces a text. */
    void set(String to, Object... path) throws Failure {
        text = text.set(List.of(path), to);
    }
}
