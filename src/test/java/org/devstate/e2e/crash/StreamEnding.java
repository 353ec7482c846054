// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e.crash;

import java.io.StringReader;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** Why an XMPP server may close the stream of a client: the kinds of mutants behind which it need not read on. */
enum StreamEnding {
    /** No XML, or text between stanzas. */
    NOT_WELL_FORMED,
    /** Comments, processing instructions and document types, which XMPP forbids. */
    RESTRICTED_XML,
    /** The outermost element is no {@code iq}, {@code message} or {@code presence} of {@code jabber:client}. */
    NO_STANZA,
    /** Elements nested more than 100 deep, which the plugin's gate does not let through. */
    NESTED_TOO_DEEP,
    /** An attribute of more than 10,240 characters, which is Tigase's limit. */
    LONG_ATTRIBUTE,
    /** A hexadecimal character reference, which Tigase's parser takes for invalid. */
    HEXADECIMAL_REFERENCE,
    /** A tag in a CDATA section, which Tigase's parser takes for one of the stanza. */
    TAG_IN_CDATA;

    private static final int DEEPEST = 100;
    private static final int LONGEST_ATTRIBUTE = 10 * 1024;
    private static final Pattern CDATA = Pattern.compile("(?s)<!\\[CDATA\\[(.*?)]]>");
    private static final XMLInputFactory XML = XMLInputFactory.newInstance();

    static {
        XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XML.setProperty("jdk.xml.maxElementDepth", "0"); // no limit
    }

    /** The kinds that a mutant is of; none if the stream goes on behind it. */
    static Set<StreamEnding> of(String mutant, boolean tigase) {
        Set<StreamEnding> found = EnumSet.noneOf(StreamEnding.class);
        if (mutant.contains("<!--") || mutant.contains("<?") || mutant.contains("<!DOCTYPE")) {
            found.add(RESTRICTED_XML);
        }
        try {
            new Walk(tigase, found).walk(mutant);
        } catch (XMLStreamException e) {
            found.add(NOT_WELL_FORMED);
        }
        if (tigase && mutant.contains("&#x")) {
            found.add(HEXADECIMAL_REFERENCE);
        }
        if (tigase
                && CDATA.matcher(mutant).results().anyMatch(section -> section.group(1)
                        .contains(">"))) {
            found.add(TAG_IN_CDATA);
        }
        return found;
    }

    private static final class Walk {

        private final boolean tigase;
        private final Set<StreamEnding> found;
        private int depth;

        Walk(boolean tigase, Set<StreamEnding> found) {
            this.tigase = tigase;
            this.found = found;
        }

        void walk(String mutant) throws XMLStreamException {
            XMLStreamReader reader = XML.createXMLStreamReader(new StringReader(
                    "<s xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>" + mutant + "</s>"));
            reader.next();
            while (reader.hasNext()) {
                int event = reader.next();
                if (event == XMLStreamReader.START_ELEMENT) {
                    begin(reader);
                } else if (event == XMLStreamReader.END_ELEMENT) {
                    depth--;
                } else if (event == XMLStreamReader.CHARACTERS && depth == 0 && !reader.isWhiteSpace()) {
                    found.add(NOT_WELL_FORMED);
                }
            }
        }

        private void begin(XMLStreamReader reader) {
            if (depth == 0 && !isStanza(reader)) {
                found.add(NO_STANZA);
            }
            look(reader.getLocalName(), "");
            for (int i = 0; i < reader.getAttributeCount(); i++) {
                look(reader.getAttributeLocalName(i), reader.getAttributeValue(i));
            }
            for (int i = 0; i < reader.getNamespaceCount(); i++) {
                look(String.valueOf(reader.getNamespacePrefix(i)), String.valueOf(reader.getNamespaceURI(i)));
            }
            depth++;
            if (tigase && depth > DEEPEST) {
                found.add(NESTED_TOO_DEEP);
            }
        }

        private void look(String name, String value) {
            if (name.contains(":")) {
                found.add(NOT_WELL_FORMED); // this parser takes a colon at the start for a part of the name
            }
            if (tigase && value.length() > LONGEST_ATTRIBUTE) {
                found.add(LONG_ATTRIBUTE);
            }
        }

        private static boolean isStanza(XMLStreamReader reader) {
            return "jabber:client".equals(reader.getNamespaceURI())
                    && Set.of("iq", "message", "presence").contains(reader.getLocalName())
                    && reader.getPrefix().equals(XMLConstants.DEFAULT_NS_PREFIX);
        }
    }
}
