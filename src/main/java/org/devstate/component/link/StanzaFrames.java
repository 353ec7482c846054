// SPDX-License-Identifier: Apache-2.0
package org.devstate.component.link;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream (RFC 6120) into its header and its stanzas, without understanding them: it follows tags, quotes and CDATA
 * sections, which is enough for all well-formed input within the restrictions of RFC 6120, 11.1.
 *
 * <p>Therefore each stanza is parsed separately. If the parser rejects it, or it is too long, only this stanza is lost: the server did
 * not write it, and the connection must not end because of it. The names that a parser remembers, which others choose, are
 * discarded with the stanza. Not thread-safe.
 */
public final class StanzaFrames {

    /** The input is not an XML stream, or has content that XMPP forbids; nothing after it can be read. */
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

    /** Start of the current piece in the buffer; everything before it has been returned. */
    private int start;

    private int position;
    private int limit;

    /** Whether the beginning of the piece was discarded because of its length. */
    private boolean cut;

    /**
     * @param in input from the server
     * @param mostBytes maximum length of the header and of each stanza; memory for two of them may be needed
     * @param tooLong called for each stanza that was skipped
     */
    StanzaFrames(InputStream in, int mostBytes, Runnable tooLong) {
        this.in = in;
        this.mostBytes = mostBytes;
        this.tooLong = tooLong;
    }

    /** Reads the start tag of the stream, which comes first. */
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

    /** Reads the next complete stanza; returns {@code null} if the stream or the connection has ended. */
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

    /** Goes to the first character behind the next {@code <}; only white space is permitted between stanzas. */
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

    /** Skips a tag or a section, after its {@code <}; returns the change of the depth. */
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

    /** Skips everything through {@code end}, which has one to three characters. */
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
            int rest = limit - start;
            byte[] larger = rest > buffer.length / 2 ? new byte[buffer.length * 2] : buffer;
            System.arraycopy(buffer, start, larger, 0, rest);
            buffer = larger;
            start = 0;
            position = rest;
            limit = rest;
        }
        int count = in.read(buffer, limit, buffer.length - limit);
        limit += Math.max(count, 0);
        return count > 0;
    }
}
