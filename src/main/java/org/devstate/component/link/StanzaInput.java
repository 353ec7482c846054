// SPDX-License-Identifier: Apache-2.0
package org.devstate.component.link;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xml.sax.SAXException;

/** The stanzas from the server; drops those that cannot be read. Not thread-safe. */
public final class StanzaInput {

    private static final Logger LOG = LoggerFactory.getLogger(StanzaInput.class);

    /** The longest stanza, in bytes: more than servers accept from a client, even if all of it is escaped. */
    static final int STANZA_BYTES = 2 * 1024 * 1024;

    private final StanzaFrames frames;
    private final StanzaReader reader;
    private final ReceivedElement header;
    private long dropped;

    /**
     * Reads the header of a stream.
     *
     * @throws IOException if there is none
     */
    public StanzaInput(InputStream in) throws IOException {
        frames = new StanzaFrames(in, STANZA_BYTES, () -> drop("it is longer than " + STANZA_BYTES + " bytes"));
        byte[] start = frames.header();
        try {
            reader = new StanzaReader(start);
            header = reader.header();
        } catch (SAXException e) {
            throw new StanzaFrames.BrokenException("no stream begins");
        }
    }

    /** Returns the stream's own element, without content. */
    ReceivedElement header() {
        return header;
    }

    /**
     * Returns the next stanza that can be read; {@code null} if the stream or the connection has ended.
     *
     * @throws EOFException if the connection ended within a stanza
     * @throws StanzaFrames.BrokenException if the input is not XML that XMPP permits
     */
    @Nullable
    public ReceivedElement next() throws IOException {
        while (true) {
            byte[] stanza = frames.next();
            if (stanza == null) {
                return null;
            }
            try {
                return reader.read(stanza);
            } catch (SAXException
                    | RuntimeException e) { // anything that the parser throws, because others wrote the input
                drop(String.valueOf(e.getMessage()));
            }
        }
    }

    /** Returns how many stanzas were dropped. */
    long dropped() {
        return dropped;
    }

    /** Logs the first, second, fourth and so on, because others control how many there are. */
    private void drop(String why) {
        dropped++;
        if (Long.bitCount(dropped) == 1) {
            String printable = why.replaceAll("[^ -~]+", " ");
            String brief = printable.substring(0, Math.min(200, printable.length()));
            LOG.warn("Dropped a stanza that cannot be read, {} on this connection so far: {}", dropped, brief);
        }
    }
}
