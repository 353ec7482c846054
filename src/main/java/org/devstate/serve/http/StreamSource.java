// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.http;

import java.io.ByteArrayOutputStream;

/** The events of one stream, as text (HTML, 9.2 Server-sent events). Called by one thread. */
public interface StreamSource {

    /**
     * Writes the next events, as many as there are, and stops after about {@code most} bytes.
     *
     * @return whether there may be more
     */
    boolean write(ByteArrayOutputStream out, int most);

    /** Writes that the client must begin anew, because its rights have changed. */
    void writeReset(ByteArrayOutputStream out);

    /** Writes what shows that the connection is alive. */
    void writeHeartbeat(ByteArrayOutputStream out);
}
