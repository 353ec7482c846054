// SPDX-License-Identifier: Apache-2.0
package org.devstate.component.link;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.devstate.core.protocol.ElementView;
import org.jspecify.annotations.Nullable;

/** A received element; {@link ElementBuilder} fills it, and afterwards it does not change. */
public final class ReceivedElement implements ElementView {

    private final String name;
    private final String namespace;

    /** Names and values by turns, without prefixed ones, because a sender could use {@code x:from} to impersonate another. */
    private final String[] attributes;

    private final int attributesLength;
    private List<ReceivedElement> children = List.of();
    private @Nullable StringBuilder text;

    /**
     * @param attributes names and values by turns, of those without a prefix
     * @param attributesLength the length of all of them
     */
    ReceivedElement(String name, String namespace, String[] attributes, int attributesLength) {
        this.name = name;
        this.namespace = namespace;
        this.attributes = attributes;
        this.attributesLength = attributesLength;
    }

    void add(ReceivedElement child) {
        if (children.isEmpty()) {
            children = new ArrayList<>(2);
        }
        children.add(child);
    }

    void add(char[] characters, int start, int length) {
        if (text == null) {
            text = new StringBuilder(length);
        }
        text.append(characters, start, length);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String namespace() {
        return namespace;
    }

    @Override
    public @Nullable String attribute(String wanted) {
        for (int i = 0; i < attributes.length; i += 2) {
            if (attributes[i].equals(wanted)) {
                return attributes[i + 1];
            }
        }
        return null;
    }

    @Override
    public int attributesLength() {
        return attributesLength;
    }

    @Override
    public List<ReceivedElement> children() {
        return Collections.unmodifiableList(children);
    }

    @Override
    public String text() {
        return text == null ? "" : text.toString();
    }
}
