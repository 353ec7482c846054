// SPDX-License-Identifier: Apache-2.0
package org.devstate.component.link;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.devstate.core.protocol.StanzaWriter;
import org.devstate.core.protocol.XmlElement;

/** Writes to the server, in the order of the calls. Thread-safe; blocks while the server reads nothing. */
public final class StanzaOutput {

    /** The namespace of a component's stream (XEP-0114) and of its stanzas, like the client namespace for a client. */
    public static final String STREAM = "jabber:component:accept";

    /** Up to this length of a stanza, in bytes, its tags are not measured. */
    private static final int SHORT = 4_096;

    private final OutputStream out;
    private final StanzaWriter writer = new StanzaWriter(STREAM);

    /** An upper bound of the tag lengths since the last {@link #pad}, in bytes. */
    private int longestTag;

    StanzaOutput(OutputStream out) {
        this.out = new BufferedOutputStream(out);
    }

    /** Opens the stream to the component's own address. */
    synchronized void open(String address) throws IOException {
        write("<?xml version='1.0'?><stream:stream xmlns='" + STREAM + "' xmlns:stream='" + StreamError.STREAMS
                + "' to='" + address + "'>");
        out.flush();
    }

    /** Sends the handshake, which proves the component's identity (XEP-0114, 3). */
    synchronized void handshake(String proof) throws IOException {
        write("<handshake>" + proof + "</handshake>");
        out.flush();
    }

    /** Sends a stanza, at the next {@link #flush} at the latest. */
    synchronized void send(XmlElement stanza) throws IOException {
        byte[] text = writer.write(stanza).getBytes(StandardCharsets.UTF_8);
        longestTag = Math.max(longestTag, text.length <= SHORT ? text.length : longestTag(text));
        out.write(text);
    }

    /** Returns the length of the longest tag: the writer uses {@code <} and {@code >} for tags only. */
    private static int longestTag(byte[] text) {
        int longest = 0;
        int start = 0;
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '<') {
                start = i;
            } else if (text[i] == '>') {
                longest = Math.max(longest, i + 1 - start);
            }
        }
        return longest;
    }

    /**
     * Sends as much white space as the longest tag since the last time. If a server's read ends within a tag, Expat (the parser of Prosody
     * and ejabberd; 2.6, and older ones that were patched for CVE-2023-52425) looks at the tag again only when twice as much of it, and of
     * what follows, has come. Without this, the end of a burst would wait there for the next stanza.
     */
    synchronized void pad() throws IOException {
        write(" ".repeat(longestTag));
        longestTag = 0;
        out.flush();
    }

    /** Sends everything that is buffered. */
    synchronized void flush() throws IOException {
        out.flush();
    }

    /** Sends white space, so that neither side, nor a firewall between them, regards the connection as dead. */
    synchronized void keepAlive() throws IOException {
        write(" ");
        out.flush();
    }

    /** Ends the stream. */
    synchronized void end() throws IOException {
        write("</stream:stream>");
        out.flush();
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
