package org.devstate.component.link;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.devstate.core.protocol.StanzaWriter;
import org.devstate.core.protocol.XmlElement;

/** What goes to the server, in the order of the calls. Thread-safe; blocks while the server takes nothing. */
public final class StanzaOutput {

    /** The namespace of a component's stream (XEP-0114), which its stanzas are in as a client's are in the client's. */
    public static final String STREAM = "jabber:component:accept";

    /** Up to so many bytes of a stanza, nobody looks how long its tags are. */
    private static final int SHORT = 4_096;

    private final OutputStream out;
    private final StanzaWriter writer = new StanzaWriter(STREAM);

    /** No tag was longer, in bytes, since the last {@link #pad}. */
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

    /** Says that this is the component (XEP-0114, 3). */
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

    /** What the writer writes has no other {@code <} and {@code >} than those of tags. */
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

    /** Sends what waits. */
    synchronized void flush() throws IOException {
        out.flush();
    }

    /** Sends what nobody notices, so that neither side, nor a firewall between them, takes the connection for dead. */
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
