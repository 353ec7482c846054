// SPDX-License-Identifier: Apache-2.0
package org.devstate.component.link;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import org.jspecify.annotations.Nullable;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Parses the pieces of a stream, each as a document of its own, with the JDK's parser. It permits no document type, and
 * therefore no entities except XML's own. Not thread-safe.
 */
final class StanzaReader {

    private static final SAXParserFactory XML = SAXParserFactory.newDefaultNSInstance();

    /**
     * The JDK's limits that a document without document type can reach; since Java 24 they are low. The XMPP server limits what may be
     * sent, and a stanza that it takes must not end the stream.
     */
    private static final List<String> LIMITS =
            List.of("jdk.xml.maxElementDepth", "jdk.xml.elementAttributeLimit", "jdk.xml.maxXMLNameLimit");

    /** Not 0: in Java 17, that permits no name at all. */
    private static final String NO_LIMIT = String.valueOf(Integer.MAX_VALUE);

    /**
     * How many characters a parser may read. It remembers every name, and others choose the names. But creating a parser takes several
     * times as long as parsing a stanza.
     */
    private static final long RENEW_AFTER = 1024 * 1024;

    static {
        try {
            XML.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            XML.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        } catch (ParserConfigurationException | SAXException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final String header;
    private final String trailer;
    private @Nullable SAXParser parser;
    private long read;

    /**
     * @param header the start tag of the stream, whose namespaces all stanzas have
     * @throws SAXException if it is not UTF-8
     */
    StanzaReader(byte[] header) throws SAXException {
        this.header = decode(header);
        this.trailer = "</" + this.header.substring(1).split("[\\s>]", 2)[0] + ">";
    }

    /** Returns the stream's own element, without content. */
    ReceivedElement header() throws SAXException {
        return parse("");
    }

    /**
     * Parses one stanza.
     *
     * @throws SAXException if it is not well-formed, or has an entity that XML does not predefine
     */
    ReceivedElement read(byte[] stanza) throws SAXException {
        ReceivedElement stream = parse(decode(stanza));
        if (stream.children().isEmpty()) {
            throw new SAXException("no element");
        }
        return stream.children().get(0);
    }

    private ReceivedElement parse(String content) throws SAXException {
        String document = header + content + trailer;
        SAXParser current = parser;
        read += document.length();
        if (current == null || read > RENEW_AFTER) {
            current = newParser();
            read = document.length();
        }
        parser = null; // restored below unless parsing fails
        ElementBuilder builder = new ElementBuilder();
        try {
            current.parse(new InputSource(new StringReader(document)), builder);
        } catch (IOException e) {
            throw new SAXException(e);
        }
        parser = current;
        return builder.root();
    }

    private static String decode(byte[] bytes) throws SAXException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SAXException("it is not UTF-8", e);
        }
    }

    private static SAXParser newParser() throws SAXException {
        try {
            SAXParser created = XML.newSAXParser();
            for (String limit : LIMITS) {
                created.setProperty(limit, NO_LIMIT);
            }
            return created;
        } catch (ParserConfigurationException e) {
            throw new SAXException(e);
        }
    }
}
