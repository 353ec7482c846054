package org.devstate.component.link;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream (RFC 6120) into its header and its stanzas, without understanding them: it follows tags, quotes and CDATA
 * sections, which is enough for everything that is well-formed and is restricted as RFC 6120, 11.1 has it.
 *
 * <p>So each stanza is parsed by itself. One that the parser does not take, or that is too long, is lost alone: the server is
 * not the one who wrote it, and the connection must not end for it. And what a parser remembers of the names it has seen, which
 * strangers choose, goes with the stanza. Not thread-safe.
 */
public final class StanzaFrames {

    /** What comes is no XML stream, or one with what XMPP forbids; nothing behind it can be made out. */
    public static final class BrokenException extends IOException {
        private static final long serialVersionUID = 1;

        public BrokenException(String message) {
            super(message);
        }
    }

    private static final byte[] CDATA = "[CDATA[".getBytes(StandardCharsets.US_ASCII);

    private final InputStream in;
    private final int mostBytes;
    private final Runnable tooLong;
    private byte[] buffer = new byte[16 * 1024];

    /** Where in the buffer the piece begins that is being read; what is before it has been given out. */
    private int start;

    private int position;
    private int limit;

    /** Whether the beginning of the piece has been given up for its length. */
    private boolean cut;

    /**
     * @param in what comes from the server
     * @param mostBytes how long the header and each stanza may be; memory for two of them may be needed
     * @param tooLong told of each stanza that was left out
     */
    StanzaFrames(InputStream in, int mostBytes, Runnable tooLong) {
        this.in = in;
        this.mostBytes = mostBytes;
        this.tooLong = tooLong;
    }

    /** The start tag of the stream, which comes first. */
    byte[] header() throws IOException {
        if (!begin()) {
            throw new EOFException();
        }
        if (peek() == '?') {
            skipThrough("?>");
            if (!begin()) {
                throw new EOFException();
            }
        }
        if (markup() != 1 || isTooLong()) {
            throw new BrokenException("no stream begins");
        }
        return piece();
    }

    /** The next stanza, whole; {@code null} where the stream or the connection has ended. */
    byte @Nullable [] next() throws IOException {
        while (begin()) {
            if (peek() == '!') {
                throw new BrokenException("something between stanzas");
            }
            int depth = markup();
            while (depth > 0) {
                skipThrough("<");
                depth += markup();
            }
            if (depth < 0) {
                return null;
            }
            if (!isTooLong()) {
                return piece();
            }
            tooLong.run();
        }
        return null;
    }

    /** Goes to the first character behind the next {@code <}; between stanzas there is nothing but white space. */
    private boolean begin() throws IOException {
        cut = false;
        int c;
        do {
            start = position;
            c = read();
        } while (c == ' ' || c == '\n' || c == '\r' || c == '\t');
        if (c >= 0 && c != '<') {
            throw new BrokenException("something between stanzas");
        }
        return c >= 0;
    }

    /** Passes over a tag or a section, from behind its {@code <}; returns what it adds to the depth. */
    private int markup() throws IOException {
        int c = readOn();
        if (c == '!') {
            for (byte expected : CDATA) {
                if (readOn() != expected) {
                    throw new BrokenException("a comment or a declaration, which XMPP forbids");
                }
            }
            skipThrough("]]>");
            return 0;
        }
        if (c == '?') {
            throw new BrokenException("a processing instruction, which XMPP forbids");
        }
        if (c == '/') {
            skipThrough(">");
            return -1;
        }
        return startTag(c);
    }

    private int startTag(int first) throws IOException {
        int last = 0;
        for (int c = first; c != '>'; c = readOn()) {
            if (c == '"' || c == '\'') {
                skipThrough(c == '"' ? "\"" : "'");
            }
            last = c;
        }
        return last == '/' ? 0 : 1;
    }

    /** Passes over everything up to {@code end}, one to three characters, and over it. */
    private void skipThrough(String end) throws IOException {
        int matched = 0;
        while (matched < end.length()) {
            int c = readOn();
            if (c == end.charAt(matched)) {
                matched++;
            } else if (c != end.charAt(0)) {
                matched = 0;
            } else if (matched != 2) { // of "]]]>" the last two brackets count
                matched = 1;
            }
        }
    }

    private boolean isTooLong() {
        return cut || position - start > mostBytes;
    }

    private byte[] piece() {
        return Arrays.copyOfRange(buffer, start, position);
    }

    private int readOn() throws IOException {
        int c = read();
        if (c < 0) {
            throw new EOFException();
        }
        return c;
    }

    private int peek() throws IOException {
        int c = read();
        if (c >= 0) {
            position--;
        }
        return c;
    }

    private int read() throws IOException {
        if (position == limit && !fill()) {
            return -1;
        }
        return buffer[position++] & 0xff;
    }

    private boolean fill() throws IOException {
        if (limit - start > mostBytes) {
            cut = true;
            start = limit;
        }
        if (limit == buffer.length) {
            int kept = limit - start;
            byte[] larger = kept > buffer.length / 2 ? new byte[buffer.length * 2] : buffer;
            System.arraycopy(buffer, start, larger, 0, kept);
            buffer = larger;
            start = 0;
            position = kept;
            limit = kept;
        }
        int count = in.read(buffer, limit, buffer.length - limit);
        limit += Math.max(count, 0);
        return count > 0;
    }
}
