package org.devstate.component.link;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A connection to the XMPP server could not be made; see {@link LinkFault}. */
public final class LinkException extends Exception {

    private static final long serialVersionUID = 1;

    private final transient @Nullable StreamError rejection;

    /** The network, or what answers there, is not as it should be. */
    LinkException(IOException cause) {
        super(cause);
        this.rejection = null;
    }

    /** The server does not want this component. */
    LinkException(StreamError rejection) {
        super(rejection.toString(), null, false, false);
        this.rejection = rejection;
    }

    /** What the server said; {@code null} where it did not come to that. */
    @Nullable
    StreamError rejection() {
        return rejection;
    }
}
