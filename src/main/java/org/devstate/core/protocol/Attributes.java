// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.protocol;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of an element, in the order in which they are written: names and values by turns in one array, because they are few,
 * and the message to each subscriber of each change has some. Immutable.
 */
final class Attributes extends AbstractMap<String, String> {

    static final Attributes NONE = new Attributes();

    private final String[] pairs;

    /** @param pairs names and values by turns; each name once; the caller does not change it any more */
    Attributes(String... pairs) {
        this.pairs = pairs;
    }

    @Override
    public @Nullable String get(@Nullable Object name) {
        for (int i = 0; i < pairs.length; i += 2) {
            if (pairs[i].equals(name)) {
                return pairs[i + 1];
            }
        }
        return null;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return get(name) != null;
    }

    @Override
    public int size() {
        return pairs.length / 2;
    }

    /** How long names and values are together, in characters. */
    int length() {
        int length = 0;
        for (String part : pairs) {
            length += part.length();
        }
        return length;
    }

    @Override
    public void forEach(BiConsumer<? super String, ? super String> action) {
        for (int i = 0; i < pairs.length; i += 2) {
            action.accept(pairs[i], pairs[i + 1]);
        }
    }

    @Override
    public Set<Map.Entry<String, String>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public int size() {
                return Attributes.this.size();
            }

            @Override
            public Iterator<Map.Entry<String, String>> iterator() {
                return new AttributeIterator();
            }
        };
    }

    private final class AttributeIterator implements Iterator<Map.Entry<String, String>> {
        private int next;

        @Override
        public boolean hasNext() {
            return next < pairs.length;
        }

        @Override
        public Map.Entry<String, String> next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            next += 2;
            return Map.entry(pairs[next - 2], pairs[next - 1]);
        }
    }
}
