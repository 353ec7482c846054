package org.devstate.component;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.devstate.core.protocol.StanzaWriter;
import org.devstate.core.protocol.XmlElement;

/** What goes to the server, in the order of the calls. Thread-safe; blocks while the server takes nothing. */
final class StanzaOutput {

    /** The namespace of a component's stream (XEP-0114), which its stanzas are in as a client's are in the client's. */
    static final String STREAM = "jabber:component:accept";

    private final OutputStream out;
    private final StanzaWriter writer = new StanzaWriter(STREAM);

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
        write(writer.write(stanza));
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
