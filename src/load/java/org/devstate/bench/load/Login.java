// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.load;

import java.io.IOException;

/** The login of a session, from its first byte until it is bound to a resource: TLS, SASL PLAIN, bind. For the loop's thread. */
final class Login {

    private enum Stage {
        CLEAR,
        TLS_AGREED,
        SECURE,
        AUTHENTICATING,
        AUTHENTICATED,
        BINDING,
        DONE
    }

    private final XmppSession session;
    private final String domain;
    private final String user;
    private final String resource;
    private final boolean registers;
    private Stage stage = Stage.CLEAR;
    private String jid = "";

    /**
     * A login of a user whose password is the user's name.
     *
     * @param registers whether it ends as soon as there is TLS, to make accounts
     */
    Login(XmppSession session, String domain, String user, String resource, boolean registers) {
        this.session = session;
        this.domain = domain;
        this.user = user;
        this.resource = resource;
        this.registers = registers;
    }

    void begin() throws IOException {
        session.send(Wire.header(domain));
    }

    boolean isDone() {
        return stage == Stage.DONE;
    }

    /** How far it has come, for a message. */
    String stage() {
        return stage.name();
    }

    /** The full address that the server gave; empty before. */
    String jid() {
        return jid;
    }

    /** A stanza has come. */
    void receive(StanzaBytes stanza) throws IOException {
        switch (stage) {
            case CLEAR -> send(Stage.TLS_AGREED, Wire.startTls());
            case TLS_AGREED -> {
                expect("proceed", stanza);
                session.secure();
            }
            case SECURE -> {
                if (registers) {
                    stage = Stage.DONE;
                } else {
                    send(Stage.AUTHENTICATING, Wire.auth(user));
                }
            }
            case AUTHENTICATING -> {
                expect("success", stanza);
                session.restart();
                send(Stage.AUTHENTICATED, Wire.header(domain));
            }
            case AUTHENTICATED -> send(Stage.BINDING, Wire.bind(resource));
            case BINDING -> {
                expect("iq", stanza);
                String text = stanza.text();
                int at = text.indexOf("<jid>") + "<jid>".length();
                jid = text.substring(at, text.indexOf('<', at));
                stage = Stage.DONE;
            }
            case DONE -> throw new IllegalStateException("logged in already");
        }
    }

    /** The TLS handshake is done. */
    void secured() throws IOException {
        session.restart();
        send(Stage.SECURE, Wire.header(domain));
    }

    private void send(Stage next, byte[] bytes) throws IOException {
        stage = next;
        session.send(bytes);
    }

    private void expect(String name, StanzaBytes stanza) throws IOException {
        if (!stanza.is(name)) {
            throw new IOException(user + " expected " + name + ", got " + stanza.text());
        }
    }
}
