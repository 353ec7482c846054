package org.devstate.core;

import org.devstate.core.model.Jid;
import org.devstate.core.notices.RefusalNotices;
import org.devstate.core.protocol.ElementView;
import org.devstate.core.protocol.Replies;
import org.devstate.core.protocol.Request;
import org.devstate.core.protocol.StanzaError;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.spi.Clock;
import org.devstate.core.spi.StanzaSender;
import org.devstate.core.stats.Audit;

/** Answers requests, and keeps in mind what was refused. Thread-safe. */
final class Answers {

    private final Addresses addresses;
    private final StanzaSender sender;
    private final Clock clock;
    private final RefusalNotices notices;
    private final Audit audit = new Audit();

    Answers(Addresses addresses, StanzaSender sender, Clock clock, RefusalNotices notices) {
        this.addresses = addresses;
        this.sender = sender;
        this.clock = clock;
        this.notices = notices;
    }

    /** Says that it is done. */
    void acknowledge(Jid to, ElementView stanza) {
        sender.send(to, Replies.result(stanza, addresses.asked(stanza), to));
    }

    void subscribed(Jid to, ElementView stanza, Request.Subscribe request) {
        sender.send(to, Replies.subscribed(stanza, addresses.asked(stanza), to, request));
    }

    void answer(Jid to, XmlElement answer) {
        sender.send(to, answer);
    }

    void refuse(Jid to, ElementView stanza, Request request, StanzaError error) {
        refuse(to, stanza, request, error, error.text());
    }

    /** @param forAdministrators what only administrators are told, in the place of the error's own text */
    void refuse(Jid to, ElementView stanza, Request request, StanzaError error, String forAdministrators) {
        Request.Target target = request.target();
        String node = target.leaf() == null ? target.node().nodeName() : target.leaf();
        audit.add(new Audit.Refusal(clock.wallMs(), to, node, idOf(request), forAdministrators));
        notices.note(to, error, forAdministrators);
        sender.send(to, Replies.error(stanza, addresses.asked(stanza), to, target, error));
    }

    /** The device or mailbox that a publish names, be it valid or not; empty if there is none. */
    private static String idOf(Request request) {
        String leaf = request.target().leaf();
        if (leaf != null || !(request instanceof Request.Publish publish)) {
            return leaf == null ? "" : leaf;
        }
        for (ElementView item : publish.publish().children()) {
            String id = item.name().equals("item") ? item.attribute("id") : null;
            if (id != null) {
                return id;
            }
        }
        return "";
    }

    /** What was refused last. */
    Audit audit() {
        return audit;
    }
}
