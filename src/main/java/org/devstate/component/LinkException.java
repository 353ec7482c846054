package org.devstate.component;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A connection to the XMPP server could not be made; see {@link LinkFault}. */
final class LinkException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient @Nullable StreamError refusal;

    /** The network, or what answers there, is not as it should be. */
    LinkException(IOException cause) {
        super(cause);
        this.refusal = null;
    }

    /** The server does not want this component. */
    LinkException(StreamError refusal) {
        super(refusal.toString(), null, false, false);
        this.refusal = refusal;
    }

    /** What the server said; {@code null} where it did not come to that. */
    @Nullable
    StreamError refusal() {
        return refusal;
    }
}
