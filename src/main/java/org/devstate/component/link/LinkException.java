// SPDX-License-Identifier: Apache-2.0
package org.devstate.component.link;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A connection to the XMPP server could not be made; see {@link LinkFault}. */
public final class LinkException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient @Nullable StreamError rejection;

    /** Creates one for a network error, or for a peer that is not an XMPP server. */
    LinkException(IOException cause) {
        super(cause);
        this.rejection = null;
    }

    /** Creates one for a server that rejects this component. */
    LinkException(StreamError rejection) {
        super(rejection.toString(), null, false, false);
        this.rejection = rejection;
    }

    /** Returns the server's error; {@code null} if it sent none. */
    @Nullable
    StreamError rejection() {
        return rejection;
    }
}
