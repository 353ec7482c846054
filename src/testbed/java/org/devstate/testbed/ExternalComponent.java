// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An external component (XEP-0114) that sends whatever it is given, with any sender, and reads nothing. */
public final class ExternalComponent implements AutoCloseable {

    private static final Pattern STREAM_ID = Pattern.compile("<stream:stream[^>]* id=['\"]([^'\"]+)['\"]");

    private static final int PATIENCE_MS = 10_000;

    private final Socket socket;

    private ExternalComponent(Socket socket) {
        this.socket = socket;
    }

    /** Connects as {@code address} to that loopback port; it is accepted when this returns. */
    public static ExternalComponent connect(int port, String address, String secret) {
        try {
            ExternalComponent component = new ExternalComponent(new Socket(InetAddress.getLoopbackAddress(), port));
            component.socket.setSoTimeout(PATIENCE_MS);
            component.send("<stream:stream xmlns='jabber:component:accept'"
                    + " xmlns:stream='http://etherx.jabber.org/streams' to='" + address + "'>");
            Matcher id = component.readUntil(STREAM_ID);
            component.send("<handshake>" + sha1(id.group(1) + secret) + "</handshake>");
            component.readUntil(Pattern.compile("<handshake"));
            return component;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends a stanza, or anything else, as it is. */
    public void send(String xml) {
        try {
            socket.getOutputStream().write(xml.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Matcher readUntil(Pattern expected) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder read = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            read.append((char) next);
            Matcher matcher = expected.matcher(read);
            if (matcher.find()) {
                return matcher;
            }
        }
        throw new IllegalStateException("the server has closed the stream: " + read);
    }

    private static String sha1(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
