// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e.crash;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.devstate.e2e.crash.AnsweredClient.Outcome;
import org.devstate.testbed.XmppServer;

/**
 * Sends mutants, many together, except those for which a server may close the stream, each of which is sent alone. Finds out which one it
 * was if the stream is closed for another. For one thread.
 */
final class MutantPublisher implements AutoCloseable {

    private static final int TOGETHER = 50;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** With a mutant that may end the stream, or leave an element open, so that all behind it is a part of that. */
    private static final Duration PATIENCE_ALONE = Duration.ofSeconds(2);

    private final AnsweredClient client;
    private final List<String> group = new ArrayList<>();
    private List<String> inFlight = List.of();

    /** How often each kind of those that were sent alone had each outcome. */
    private final Map<String, Integer> outcomes = new TreeMap<>();

    /** For which the server has closed the stream, or fallen silent, though they are of no such kind. */
    private final List<String> unexpected = new ArrayList<>();

    MutantPublisher(XmppServer xmpp, String account) {
        client = new AnsweredClient(xmpp, account);
    }

    /** Its bare address. */
    String jid() {
        return client.jid();
    }

    /** How many mutants were answered by a result or an error. */
    long answers() {
        return client.results() + client.errors();
    }

    /** How those that may end the stream went out: the kinds, the outcome, and how often. */
    Map<String, Integer> outcomes() {
        return outcomes;
    }

    /** Those for which the server has closed the stream, or fallen silent, though it should not. */
    List<String> unexpected() {
        return unexpected;
    }

    /**
     * Publishes and becomes available as an Asterisk that is not subscribed. The component has such a session ended, once: some mutant would
     * have that done otherwise.
     */
    void beEndedAsAnUnsubscribedAsterisk() {
        client.send("<iq type='set' id='first' to='" + client.service()
                + "'><pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='device_state'><item id='Custom:first'>"
                + "<state xmlns='http://asterisk.org' eid='00:50:c2:00:00:02'>INUSE</state></item></publish></pubsub></iq>"
                + "<presence to='" + client.service() + "'><c xmlns='http://jabber.org/protocol/caps'"
                + " node='http://www.asterisk.org/xmpp/client/caps' ver='asterisk-xmpp'/></presence>");
        client.awaitEnd();
        client.reconnect();
    }

    /** Adds a mutant, and sends it with others later. */
    void add(String mutant) {
        group.add(mutant);
        if (group.size() == TOGETHER) {
            flush();
        }
    }

    /**
     * Sends a mutant for which the server may close the stream, and ends the session: if Tigase has accepted a malformed stanza, it may
     * repeat it in an answer of its own, which this client cannot read.
     */
    void addAlone(String mutant, Set<StreamEnding> kinds) {
        sync();
        Outcome outcome = alone(mutant, PATIENCE_ALONE);
        outcomes.merge(kinds + " " + outcome, 1, Integer::sum);
        if (outcome == Outcome.ANSWERED) {
            client.reconnect();
        }
    }

    /** Sends all, and waits until they are dealt with. */
    void sync() {
        flush();
        settle();
    }

    private void flush() {
        settle();
        inFlight = List.copyOf(group);
        group.clear();
        client.send(String.join("", inFlight));
    }

    private void settle() {
        Outcome together = client.await(0, PATIENCE);
        if (together != Outcome.ANSWERED) {
            String ending = together + " " + client.ending();
            client.reconnect();
            int before = unexpected.size();
            for (String mutant : inFlight) {
                Outcome outcome = alone(mutant, PATIENCE);
                if (outcome != Outcome.ANSWERED) {
                    unexpected(outcome + ": " + mutant);
                }
            }
            if (unexpected.size() == before) {
                unexpected(ending + ", only together: " + inFlight);
            }
        }
        inFlight = List.of();
    }

    private void unexpected(String what) {
        System.out.println("Closed the stream, or was not answered: " + what);
        unexpected.add(what);
    }

    private Outcome alone(String mutant, Duration patience) {
        client.send(mutant);
        Outcome outcome = client.await(0, patience);
        if (outcome != Outcome.ANSWERED) {
            client.reconnect();
        }
        return outcome;
    }

    @Override
    public void close() {
        client.close();
    }
}
