package org.devstate.component.link;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xml.sax.SAXException;

/** What comes from the server, without what can't be read. Not thread-safe. */
public final class StanzaInput {

    private static final Logger LOG = LoggerFactory.getLogger(StanzaInput.class);

    /** The longest stanza, in bytes: more than servers let anybody send, however much they escape. */
    static final int STANZA_BYTES = 2 * 1024 * 1024;

    private final StanzaFrames frames;
    private final StanzaReader reader;
    private final ReceivedElement header;
    private long dropped;

    /**
     * Reads the header of a stream.
     *
     * @throws IOException if none comes
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

    /** The stream's own element, without content. */
    ReceivedElement header() {
        return header;
    }

    /**
     * The next stanza that can be read; {@code null} where the stream or the connection has ended.
     *
     * @throws EOFException if the connection ended within a stanza
     * @throws StanzaFrames.BrokenException if what comes is not XML as XMPP has it
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
            } catch (SAXException | RuntimeException e) { // whatever the parser throws at what others have written
                drop(String.valueOf(e.getMessage()));
            }
        }
    }

    /** How many stanzas could not be read. */
    long dropped() {
        return dropped;
    }

    /** Logs the first, the second, the fourth and so on: others decide how many there are. */
    private void drop(String why) {
        dropped++;
        if (Long.bitCount(dropped) == 1) {
            String printable = why.replaceAll("[^ -~]+", " ");
            String brief = printable.substring(0, Math.min(200, printable.length()));
            LOG.warn("Dropped a stanza that can't be read, {} on this connection so far: {}", dropped, brief);
        }
    }
}
