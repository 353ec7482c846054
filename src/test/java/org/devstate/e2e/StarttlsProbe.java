// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.devstate.testbed.XmppServer;

/** Reads a server's clear text up to the TLS handshake. */
final class StarttlsProbe {

    private static final String HEADER = "<?xml version='1.0'?><stream:stream xmlns='jabber:client' version='1.0' to='"
            + XmppServer.DOMAIN + "' xmlns:stream='http://etherx.jabber.org/streams'>";
    private static final String STARTTLS = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>";
    private static final String CLOSED = "(closed)";
    private static final Pattern ANSWER = Pattern.compile("</stream:(features)>|<(proceed)|\\((closed)\\)");
    private static final int PATIENCE_MS = 3_000;

    /** How long a second answer gets to show up: the race that makes one is over in microseconds. */
    private static final int SILENCE_MS = 5;

    private StarttlsProbe() {}

    /**
     * Connects and asks for TLS.
     *
     * @param early as Asterisk does, directly after the stream header; else when the features have come
     * @return the names of the answers, in order; "closed" if the server then closed the connection
     */
    static String answers(int port, boolean early) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MS);
            write(socket, early ? HEADER + STARTTLS : HEADER);
            StringBuilder heard = new StringBuilder();
            readUntil("</stream:features>", socket, heard);
            if (!early) {
                write(socket, STARTTLS);
            }
            readUntil("<proceed", socket, heard);
            socket.setSoTimeout(SILENCE_MS);
            readUntil("nothing more", socket, heard);
            return names(heard);
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void readUntil(String end, Socket socket, StringBuilder heard) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[8192];
        try {
            while (heard.indexOf(end) < 0) {
                int length = in.read(buffer);
                if (length < 0) {
                    heard.append(CLOSED);
                    return;
                }
                heard.append(new String(buffer, 0, length, StandardCharsets.UTF_8));
            }
        } catch (SocketTimeoutException e) {
            // nothing more came in time
        }
    }

    private static String names(CharSequence heard) {
        StringBuilder names = new StringBuilder();
        Matcher matcher = ANSWER.matcher(heard);
        while (matcher.find()) {
            names.append(names.isEmpty() ? "" : " ").append(matcher.group().replaceAll("[^a-z:]|stream:", ""));
        }
        return names.toString();
    }
}
