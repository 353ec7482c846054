// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.load;

import java.nio.ByteBuffer;

/**
 * Finds where the stanzas of a stream begin and end, in pieces of any size. It counts elements and handles quotes, but neither
 * comments, which XMPP forbids, nor CDATA, which no server here sends. For one thread.
 */
final class StanzaScanner {

    /** Receives the parts of the stream. */
    interface Listener {

        /** A stanza, in those bytes of {@code buffer}, which are good until this returns. */
        void stanza(byte[] buffer, int from, int to);

        /** The stream's header has come. */
        default void streamBegan() {}

        /** The stream has been closed by the other side. */
        void streamEnded();
    }

    private final Listener listener;

    /** How many bytes behind the buffer's position have been looked at. */
    private int scanned;

    private int depth;
    private boolean inTag;
    private byte quote;
    private byte previous;
    private byte tagKind;

    StanzaScanner(Listener listener) {
        this.listener = listener;
    }

    /** A stream begins anew; an incomplete stanza is forgotten. */
    void restart() {
        scanned = 0;
        depth = 0;
        inTag = false;
        quote = 0;
    }

    /**
     * Passes on the stanzas that end in {@code in}, and moves its position to the first byte of the incomplete one, which must be there
     * again, in front of more, with the next call.
     */
    void scan(ByteBuffer in) {
        byte[] bytes = in.array();
        int base = in.arrayOffset();
        int start = base + in.position();
        int limit = base + in.limit();
        for (int at = start + scanned; at < limit; at++) {
            byte b = bytes[at];
            if (!inTag) {
                if (b == '<') {
                    inTag = true;
                    tagKind = 0;
                }
            } else if (tagKind == 0) {
                tagKind = b;
            } else if (quote != 0) {
                quote = b == quote ? 0 : quote;
            } else if (b == '\'' || b == '"') {
                quote = b;
            } else if (b == '>') {
                inTag = false;
                depth += change();
                if (depth <= 1) {
                    end(bytes, start, at + 1);
                    start = at + 1;
                }
            }
            previous = b;
        }
        scanned = limit - start;
        in.position(start - base);
    }

    /** The change of the depth by a tag that ends here. */
    private int change() {
        if (tagKind == '/') {
            return -1;
        }
        return tagKind == '?' || previous == '/' ? 0 : 1;
    }

    /** An element that ends at depth 1 is a stanza, or the header of the stream. */
    private void end(byte[] bytes, int from, int to) {
        if (depth <= 0) {
            if (tagKind == '/') {
                listener.streamEnded();
            }
        } else if (tagKind == '/' || previous == '/') {
            listener.stanza(bytes, from, to);
        } else if (tagKind != '?') {
            listener.streamBegan();
        }
    }
}
