// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e.crash;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.NodeType;
import org.devstate.core.protocol.Namespaces;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.validation.ItemValidator;
import org.devstate.core.validation.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * Random items, each of which {@link ItemValidator} accepts: whatever it lets through is to be survived. Of {@value #FRESH} in ten the
 * device or mailbox is a new one, the others change an earlier one. The same seed makes the same ones. For one thread.
 */
final class AcceptedItems {

    private static final List<DeviceState> STATES = List.of(DeviceState.values());
    private static final int FRESH = 6;
    private static final int EIDS = 40;
    private static final int REMEMBERED = 20_000;
    private static final int[] COUNTS = {
        0, 0, 1, 2, 9, 10, 99, 255, 256, 32_767, 32_768, 65_535, 65_536, 999_998, 999_999
    };

    private final Random random;
    private final RandomIds ids;
    private final List<String> devices;
    private final List<String> mailboxes = new ArrayList<>(List.of("500@default"));
    private final List<String> eids = new ArrayList<>();

    /** @param known devices that are often among them, as the receiving servers have something on them */
    AcceptedItems(long seed, List<String> known) {
        random = new Random(seed);
        ids = new RandomIds(random);
        devices = new ArrayList<>(known);
        while (eids.size() < EIDS) {
            String eid = eid();
            if (accepted(NodeType.DEVICE_STATE, "Custom:x", state(eid, "INUSE", "1")) != null) {
                eids.add(eid);
            }
        }
    }

    AcceptedItem next() {
        return random.nextInt(10) < 7 ? device() : mailbox();
    }

    private AcceptedItem device() {
        while (true) {
            String eid = eids.get(random.nextInt(EIDS));
            String state = STATES.get(random.nextInt(STATES.size())).name();
            String cachable = random.nextInt(8) == 0 ? "0" : random.nextInt(8) == 0 ? "" : "1";
            XmlElement payload = state(eid, state, cachable);
            String id = random.nextInt(10) < FRESH ? ids.device() : devices.get(random.nextInt(devices.size()));
            String accepted = accepted(NodeType.DEVICE_STATE, id, payload);
            if (accepted != null) {
                remember(devices, id);
                String text = "<item id='" + id + "'><state xmlns='http://asterisk.org' eid='" + eid + "'"
                        + (cachable.isEmpty() ? "" : " cachable='" + cachable + "'") + ">" + state + "</state></item>";
                return new AcceptedItem(NodeType.DEVICE_STATE.nodeName(), accepted, isLeaf(id), text);
            }
        }
    }

    private AcceptedItem mailbox() {
        while (true) {
            String eid = eids.get(random.nextInt(EIDS));
            String newMessages = count();
            String oldMessages = count();
            XmlElement payload = mailbox(eid, newMessages, oldMessages);
            String id = random.nextInt(10) < FRESH ? ids.mailbox() : mailboxes.get(random.nextInt(mailboxes.size()));
            String accepted = accepted(NodeType.MESSAGE_WAITING, id, payload);
            if (accepted != null) {
                remember(mailboxes, id);
                String text = "<item id='" + id + "'><mailbox xmlns='http://asterisk.org' eid='" + eid + "'><NEWMSGS>"
                        + newMessages + "</NEWMSGS><OLDMSGS>" + oldMessages + "</OLDMSGS></mailbox></item>";
                return new AcceptedItem(NodeType.MESSAGE_WAITING.nodeName(), accepted, isLeaf(id), text);
            }
        }
    }

    /**
     * A leaf node has a name of its own, by which nothing else is meant, and no white space around it: Tigase takes some of that off the
     * name of a node, but not off the id of an item, and then answers itself.
     */
    private boolean isLeaf(String id) {
        return random.nextInt(4) == 0 && NodeType.named(id) == null && id.equals(ItemValidator.normalId(id));
    }

    private void remember(List<String> known, String id) {
        if (known.size() < REMEMBERED) {
            known.add(id);
        } else {
            known.set(random.nextInt(REMEMBERED), id);
        }
    }

    private String count() {
        int count = random.nextBoolean() ? COUNTS[random.nextInt(COUNTS.length)] : random.nextInt(1_000_000);
        return random.nextInt(10) == 0 ? String.format(Locale.ROOT, "%06d", count) : Integer.toString(count);
    }

    private String eid() {
        String eid = new Eid(random.nextLong() >>> (16 + random.nextInt(8) * 6)).toString();
        return random.nextBoolean() ? eid : eid.toUpperCase(Locale.ROOT);
    }

    /** The id in its accepted form, without the characters that are removed from its ends; {@code null} if it is rejected. */
    private static @Nullable String accepted(NodeType node, String id, XmlElement payload) {
        XmlElement item = XmlElement.element("item", Namespaces.PUBSUB)
                .attribute("id", id)
                .child(payload)
                .build();
        XmlElement publish =
                XmlElement.element("publish", Namespaces.PUBSUB).child(item).build();
        return ItemValidator.validate(node, publish) instanceof Verdict.Accepted accepted
                ? accepted.key().id()
                : null;
    }

    private static XmlElement state(String eid, String state, String cachable) {
        XmlElement.XmlElementBuilder element =
                XmlElement.element("state", Namespaces.ASTERISK).attribute("eid", eid);
        if (!cachable.isEmpty()) {
            element.attribute("cachable", cachable);
        }
        return element.text(state).build();
    }

    private static XmlElement mailbox(String eid, String newMessages, String oldMessages) {
        return XmlElement.element("mailbox", Namespaces.ASTERISK)
                .attribute("eid", eid)
                .child(XmlElement.element("NEWMSGS", Namespaces.ASTERISK)
                        .text(newMessages)
                        .build())
                .child(XmlElement.element("OLDMSGS", Namespaces.ASTERISK)
                        .text(oldMessages)
                        .build())
                .build();
    }
}
