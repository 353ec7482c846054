package org.devstate.core.policy;

import org.devstate.core.model.Entry;
import org.devstate.core.model.Jid;

/** Who may see what by looking; thread-safe. Called with the entry's lock held, it must be quick. */
@FunctionalInterface
public interface Visibility {

    /** Whether {@code reader} may see {@code entry}. */
    boolean allows(Jid reader, Entry entry);
}
