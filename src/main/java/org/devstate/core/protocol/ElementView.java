// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.protocol;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A read-only view of an XML element, which a host lays over its own elements without copying them. Everything it returns is
 * unescaped. Views are used by one thread at a time, and only during the call that they are handed to.
 */
public interface ElementView {

    /** The name without prefix. A parser without namespaces returns a prefixed name as it is, which then means nothing. */
    String name();

    /** The namespace, its own or inherited; empty if there is none. */
    String namespace();

    /**
     * The value of an attribute; {@code null} if it is absent.
     *
     * @param name a constant of the program: hosts may look it up by identity
     */
    @Nullable
    String attribute(String name);

    /** How long its attributes are, names and values, in characters; escaped or not, as the host stores them. */
    int attributesLength();

    /** The child elements, in order. */
    List<? extends ElementView> children();

    /** The character data directly inside; empty if there is none. */
    String text();

    /** The first child of that name and namespace; {@code null} if there is none. */
    default @Nullable ElementView child(String name, String namespace) {
        for (ElementView child : children()) {
            if (child.name().equals(name) && child.namespace().equals(namespace)) {
                return child;
            }
        }
        return null;
    }
}
