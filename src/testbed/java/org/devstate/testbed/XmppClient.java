// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.devstate.core.protocol.Namespaces;
import org.devstate.core.protocol.XmlElement;
import org.jspecify.annotations.Nullable;

/**
 * A plain XMPP client that sends whatever it is given, well-behaved or not: TLS, SASL PLAIN, bind, then raw stanzas. Trusts
 * every certificate, as it only ever talks to a server of the test's own.
 */
public final class XmppClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LOGIN_MILLIS = 30_000;
    private static final String PING = "<ping xmlns='urn:xmpp:ping'/>";
    private static final XMLInputFactory XML = XMLInputFactory.newInstance();

    private final String domain;
    private Socket socket;
    private XMLStreamReader reader;
    private final AtomicLong ids = new AtomicLong();
    private final Map<String, CompletableFuture<XmlElement>> replies = new ConcurrentHashMap<>();
    private final BlockingQueue<XmlElement> messages = new LinkedBlockingQueue<>();
    private volatile Consumer<XmlElement> answers = answer -> {};
    private volatile String ending = "";
    private volatile boolean ended;
    private String jid = "";

    static {
        XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XML.setProperty("jdk.xml.maxElementDepth", "0"); // no limit
        XML.setProperty(XMLInputFactory.IS_COALESCING, true);
    }

    private XmppClient(XmppServer server, String domain)
            throws IOException, XMLStreamException, GeneralSecurityException {
        this(server.clientHost(), server.clientPort(), domain);
    }

    private XmppClient(String host, int port, String domain)
            throws IOException, XMLStreamException, GeneralSecurityException {
        this.domain = domain;
        socket = new Socket(host, port);
        socket.setSoTimeout(LOGIN_MILLIS);
        reader = openStream();
        readStanza();
        send("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
        expect("proceed");
        SSLSocket tls = (SSLSocket) trustAll().getSocketFactory().createSocket(socket, domain, port, true);
        tls.startHandshake();
        socket = tls;
        reader = openStream();
        readStanza();
    }

    /** Logs in as {@code user}, whose password is its name. */
    public static XmppClient login(XmppServer server, String user, String resource) {
        return login(server, user, user, resource);
    }

    /** Logs in as {@code user} with that password. */
    public static XmppClient login(XmppServer server, String user, String password, String resource) {
        return login(server, XmppServer.DOMAIN, user, password, resource);
    }

    /** Logs in as {@code user} of another domain of the server's. */
    public static XmppClient login(XmppServer server, String domain, String user, String password, String resource) {
        try {
            return connect(server, () -> bound(new XmppClient(server, domain), user, password, resource))
                    .reading(user);
        } catch (IOException | XMLStreamException | GeneralSecurityException e) {
            throw new IllegalStateException("could not log in as " + user + ": " + e, e);
        }
    }

    /** Logs in as {@code user} of a server of another domain, which takes clients on that loopback port. */
    static XmppClient login(int port, String domain, String user, String resource) {
        try {
            return bound(new XmppClient(Place.HERE.reachedAt(), port, domain), user, user, resource)
                    .reading(user);
        } catch (IOException | XMLStreamException | GeneralSecurityException e) {
            throw new IllegalStateException("could not log in as " + user + ": " + e, e);
        }
    }

    private XmppClient reading(String user) throws IOException {
        socket.setSoTimeout(0);
        Thread thread = new Thread(this::readStanzas, "client-" + user);
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    /** So many in a row are another fault. */
    private static final int BROKEN_CONNECTIONS = 3;

    /** One attempt to connect, and the first stanzas. */
    @FunctionalInterface
    private interface Attempt {
        XmppClient run() throws IOException, XMLStreamException, GeneralSecurityException;
    }

    /** Connects again only if the server is known to break TLS, and TLS has failed. */
    private static XmppClient connect(XmppServer server, Attempt attempt)
            throws IOException, XMLStreamException, GeneralSecurityException {
        for (int broken = 0; ; broken++) {
            try {
                return attempt.run();
            } catch (IOException | XMLStreamException e) {
                if (!server.breaksTls() || !isBrokenTls(e) || broken == BROKEN_CONNECTIONS) {
                    throw e;
                }
            }
        }
    }

    private static boolean isBrokenTls(Exception e) {
        Throwable inside = e instanceof XMLStreamException broken ? broken.getNestedException() : null;
        return e instanceof SSLException || inside instanceof SSLException;
    }

    private static XmppClient bound(XmppClient client, String user, String password, String resource)
            throws IOException, XMLStreamException {
        client.authenticate(user, password);
        client.bind(resource);
        return client;
    }

    /** Whether that server takes clients. */
    static boolean canConnect(XmppServer server) {
        try (Socket tried = new Socket(server.clientHost(), server.clientPort())) {
            return tried.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /** Makes an account by in-band registration (XEP-0077), with a mail address as Tigase wants it. */
    static void register(XmppServer server, String user) {
        try (XmppClient client = connect(server, () -> new XmppClient(server, XmppServer.DOMAIN))) {
            client.send("<iq type='set' id='reg' to='" + XmppServer.DOMAIN + "'><query xmlns='jabber:iq:register'>"
                    + "<username>" + user + "</username><password>" + user + "</password><email>" + user + "@"
                    + XmppServer.DOMAIN + "</email></query></iq>");
            XmlElement reply = client.readStanza();
            if (!"result".equals(reply.attribute("type"))) {
                throw new IllegalStateException("could not register " + user + ": " + reply);
            }
        } catch (IOException | XMLStreamException | GeneralSecurityException e) {
            throw new IllegalStateException("could not register " + user, e);
        }
    }

    /** The full address that the server gave. */
    public String jid() {
        return jid;
    }

    /** Whether the server has closed the connection. */
    public boolean hasEnded() {
        return ended;
    }

    /** Why nothing more can be read, if it has ended. */
    public String ending() {
        return ending;
    }

    /** Hands each IQ that no {@link #request} waits for to {@code reader}, on a thread of this client's. */
    public void readAnswers(Consumer<XmlElement> reader) {
        answers = reader;
    }

    /** Sends a stanza, or anything else, as it is. */
    public void send(String xml) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(xml.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Sends an IQ of that content; returns its answer, or {@code null} if there is none in that time. */
    public @Nullable XmlElement requestOrNull(String type, String to, String content, Duration patience) {
        return ask(type, to, content, patience);
    }

    /** Sends an IQ of that content and waits for the answer, result or error. */
    public XmlElement request(String type, String to, String content) {
        XmlElement answer = ask(type, to, content, PATIENCE);
        if (answer == null) {
            throw new AssertionError("no answer to " + content);
        }
        return answer;
    }

    /**
     * Waits until this client's requests are answered. A Tigase without the gate now and then takes a stanza directly after a login for
     * another session's, and answers that.
     */
    public XmppClient settle() {
        Duration moment = Duration.ofMillis(300);
        Await.until("its server answers " + jid, PATIENCE, () -> ask("get", domain, PING, moment) != null);
        return this;
    }

    /**
     * Waits until a request to an address of another server is answered. The two servers prove their domains to each other first, and a
     * Tigase now and then drops the stanza that arrives at the end of that, with the stream error invalid-from.
     */
    public void awaitAnswer(String address) {
        Duration moment = Duration.ofSeconds(3);
        Await.until(
                address + " answers " + jid,
                Duration.ofMinutes(1),
                () -> ask("get", address, "<query xmlns='http://jabber.org/protocol/disco#info'/>", moment) != null);
    }

    private @Nullable XmlElement ask(String type, String to, String content, Duration patience) {
        String id = "c" + ids.incrementAndGet();
        CompletableFuture<XmlElement> reply = new CompletableFuture<>();
        replies.put(id, reply);
        send("<iq type='" + type + "' to='" + to + "' id='" + id + "'>" + content + "</iq>");
        try {
            return reply.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return null;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("no answer to " + content, e);
        }
    }

    /** The next message, or another stanza that is neither IQ nor presence; {@code null} if none comes in time. */
    public @Nullable XmlElement nextMessage(Duration limit) throws InterruptedException {
        return messages.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private XMLStreamReader openStream() throws IOException, XMLStreamException {
        send("<?xml version='1.0'?><stream:stream xmlns='jabber:client' version='1.0' to='" + domain
                + "' xmlns:stream='http://etherx.jabber.org/streams'>");
        InputStream in = socket.getInputStream();
        XMLStreamReader stream = XML.createXMLStreamReader(in, "UTF-8");
        while (stream.next() != XMLStreamConstants.START_ELEMENT) {
            // the header comes first
        }
        return stream;
    }

    private void authenticate(String user, String password) throws IOException, XMLStreamException {
        String plain = "\0" + user + "\0" + password;
        String base64 = Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8));
        send("<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>" + base64 + "</auth>");
        expect("success");
        reader = openStream();
        readStanza();
    }

    /**
     * Binds as Asterisk does: asks for a session in the same breath, and goes on when that is answered.
     *
     * @return the ids of the answers so far: {@code bind session}, if they are in order
     */
    public static String bindLikeAsterisk(XmppServer server, String user, String resource) {
        try (XmppClient client = new XmppClient(server, XmppServer.DOMAIN)) {
            client.authenticate(user, user);
            client.send("<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>" + resource
                    + "</resource></bind></iq>"
                    + "<iq type='set' id='session'><session xmlns='urn:ietf:params:xml:ns:xmpp-session'/></iq>");
            StringBuilder answers = new StringBuilder();
            while (true) {
                String id = String.valueOf(client.readStanza().attribute("id"));
                answers.append(answers.isEmpty() ? "" : " ").append(id);
                if (id.equals("session")) {
                    return answers.toString();
                }
            }
        } catch (IOException | XMLStreamException | GeneralSecurityException e) {
            throw new IllegalStateException("could not bind as " + user, e);
        }
    }

    private void bind(String resource) throws XMLStreamException {
        send("<iq type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'><resource>" + resource
                + "</resource></bind></iq>");
        XmlElement reply = readStanza();
        while (!"bind".equals(reply.attribute("id"))) {
            messages.add(reply); // Tigase may deliver to a session whose binding is not answered yet
            reply = readStanza();
        }
        if (!"result".equals(reply.attribute("type"))) {
            throw new IllegalStateException(resource + " was not bound: " + reply);
        }
        jid = reply.children().get(0).children().get(0).text();
    }

    private void expect(String name) throws XMLStreamException {
        XmlElement stanza = readStanza();
        if (!stanza.name().equals(name)) {
            throw new IllegalStateException("expected " + name + ", got " + stanza);
        }
    }

    private void readStanzas() {
        try {
            while (true) {
                XmlElement stanza = readStanza();
                String id = stanza.attribute("id");
                CompletableFuture<XmlElement> reply =
                        stanza.name().equals("iq") && id != null ? replies.remove(id) : null;
                if (reply != null) {
                    reply.complete(stanza);
                } else if (stanza.name().equals("iq")) {
                    answers.accept(stanza);
                } else if (!stanza.name().equals("presence")) {
                    messages.add(stanza);
                }
            }
        } catch (XMLStreamException e) {
            ending = String.valueOf(e.getMessage());
            ended = true; // a thread that waits for an answer times out
        }
    }

    private XmlElement readStanza() throws XMLStreamException {
        while (true) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                return readElement();
            }
            if (event == XMLStreamConstants.END_ELEMENT || event == XMLStreamConstants.END_DOCUMENT) {
                throw new XMLStreamException("the stream has ended");
            }
        }
    }

    private XmlElement readElement() throws XMLStreamException {
        String namespace = reader.getNamespaceURI();
        XmlElement.XmlElementBuilder element =
                XmlElement.element(reader.getLocalName(), namespace == null ? Namespaces.CLIENT : namespace);
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            element.attribute(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
        }
        StringBuilder text = new StringBuilder();
        boolean leaf = true;
        while (true) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                leaf = false;
                element.child(readElement());
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                return leaf ? element.text(text.toString()).build() : element.build();
            } else if (event == XMLStreamConstants.CHARACTERS) {
                text.append(reader.getText());
            }
        }
    }

    private static SSLContext trustAll() throws GeneralSecurityException {
        TrustManager everybody = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String authType) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String authType) {}

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {everybody}, new SecureRandom());
        return context;
    }
}
