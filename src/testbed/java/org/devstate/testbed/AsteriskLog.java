// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The log of an Asterisk with every stanza ({@code debug=yes} in its xmpp.conf), from its beginning or from some moment on. Each call
 * reads it anew.
 */
public final class AsteriskLog {

    /**
     * A device state that it received or published.
     *
     * @param eid the publisher's EID
     * @param cachable whether it was sent as cachable
     */
    public record LoggedState(String device, String eid, String state, boolean cachable) {

        private static LoggedState of(MatchResult match) {
            return new LoggedState(
                    match.group(1),
                    attribute("eid", match.group(2)),
                    match.group(3),
                    !attribute("cachable", match.group(2)).equals("0"));
        }

        private static String attribute(String name, String attributes) {
            Matcher matcher = Pattern.compile("\\b" + name + "=['\"]([^'\"]*)").matcher(attributes);
            return matcher.find() ? matcher.group(1) : "";
        }
    }

    /** The stanzas of one read, or of one write, are between these lines; a stanza may begin in one and end in another. */
    private static final Pattern CHUNK =
            Pattern.compile("<--- XMPP (sent|received) [^\n]*\n(.*?)\n<------------->", Pattern.DOTALL);

    private static final Pattern HEADER = Pattern.compile("<--- XMPP ");

    private static final Pattern BOUND = Pattern.compile("xmpp-bind['\"]><jid>");

    private static final Pattern STATE =
            Pattern.compile("<item id=['\"]([^'\"]*)['\"]>\\s*<state ([^>]*)>([A-Z_]*)</state>");

    private static final Pattern ITEM = Pattern.compile("<item id=['\"]([^'\"]*)['\"]>");

    /** The most items that a cut hides. */
    private static final int HIDDEN_BY_A_CUT = 4;

    private final Path file;
    private final long start;

    AsteriskLog(Path file) {
        this(file, 0);
    }

    private AsteriskLog(Path file, long start) {
        this.file = file;
        this.start = start;
    }

    /** The same log, without its present lines. */
    public AsteriskLog fromNow() {
        try {
            return new AsteriskLog(file, Files.size(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The device states that it received, in order. */
    public List<LoggedState> received() {
        return states("received");
    }

    /** Those of one device. */
    public List<LoggedState> received(String device) {
        return received().stream()
                .filter(heard -> heard.device().equals(device))
                .toList();
    }

    /** Whether it received that state of a device. */
    public boolean received(String device, String state) {
        return received(device).stream().anyMatch(heard -> heard.state().equals(state));
    }

    /** The device states that it published, in order. */
    public List<LoggedState> published() {
        return states("sent");
    }

    /** The ids of the devices and mailboxes that it received. */
    public Set<String> receivedIds() {
        return ids("received");
    }

    /** The ids of the devices and mailboxes that it published. */
    public Set<String> publishedIds() {
        return ids("sent");
    }

    private Set<String> ids(String direction) {
        // As bytes: a chunk may end within a character.
        Matcher chunks = CHUNK.matcher(Folders.read(file, start, StandardCharsets.ISO_8859_1));
        StringBuilder stanzas = new StringBuilder();
        while (chunks.find()) {
            if (chunks.group(1).equals(direction)) {
                stanzas.append(chunks.group(2));
            }
        }
        return ITEM.matcher(stanzas)
                .results()
                .map(item -> new String(item.group(1).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
                .collect(Collectors.toCollection(HashSet::new));
    }

    /**
     * How many received items it may not show, at most: Asterisk leaves out the end of a log message of more than 8 KB, with the items in
     * there. 0 if it has cut none.
     */
    public long mostHidden() {
        long cuts = CHUNK.matcher(Folders.read(file, start, StandardCharsets.ISO_8859_1))
                .results()
                .flatMap(chunk -> HEADER.matcher(chunk.group(2)).results())
                .count();
        return cuts * HIDDEN_BY_A_CUT;
    }

    /** How many times it has logged in. */
    public long logins() {
        return BOUND.matcher(read()).results().count();
    }

    /** How many times it asked for TLS before it was logged in for the first time: once for each attempt to connect. */
    public long tlsRequestsBeforeLogin() {
        String log = read();
        Matcher bound = BOUND.matcher(log);
        return (bound.find() ? log.substring(0, bound.start()) : log)
                .lines()
                .filter("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"::equals)
                .count();
    }

    /** The lines that report an error in an answer or a notification. */
    public List<String> pubsubErrors() {
        return lines("ERROR").filter(line -> line.contains("PubSub")).toList();
    }

    /** The lines that have {@code text}, of stanzas and of the output of later commands. */
    public Stream<String> lines(String text) {
        return read().lines().filter(line -> line.contains(text));
    }

    private List<LoggedState> states(String direction) {
        StringBuilder stanzas = new StringBuilder();
        Matcher chunks = CHUNK.matcher(read());
        while (chunks.find()) {
            if (chunks.group(1).equals(direction)) {
                stanzas.append(chunks.group(2));
            }
        }
        return STATE.matcher(stanzas).results().map(LoggedState::of).toList();
    }

    private String read() {
        return Folders.read(file, start);
    }
}
