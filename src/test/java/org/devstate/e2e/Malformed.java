// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import java.util.List;

/**
 * Contents of a {@code publish} element to the named node that crash or mislead an Asterisk which receives them. All of them were seen
 * to do so, or to be processed with garbage, when stock servers passed them on.
 */
public record Malformed(String what, String node, String content) {

    private static final String EID = "eid='00:11:22:33:44:99'";
    private static final String NS = "xmlns='http://asterisk.org'";

    public static List<Malformed> all() {
        return List.of(
                device("no item", ""),
                device("an item with no child", "<item id='Custom:m'/>"),
                device("an item with text only", "<item id='Custom:m'>INUSE</item>"),
                device("an item without id", "<item><state " + NS + " " + EID + ">INUSE</state></item>"),
                device("a state without eid", item("<state " + NS + ">INUSE</state>")),
                device("an unknown child without eid", item("<foo " + NS + ">INUSE</foo>")),
                device("an unknown child", item("<foo " + NS + " " + EID + ">INUSE</foo>")),
                device("an empty state", item("<state " + NS + " " + EID + "/>")),
                device("an unknown state", item("<state " + NS + " " + EID + ">DANCING</state>")),
                device("a malformed eid", item("<state " + NS + " eid='zz:11:22:33:44:99'>INUSE</state>")),
                device("an eid of five bytes", item("<state " + NS + " eid='00:11:22:33:44'>INUSE</state>")),
                device("another namespace", item("<state xmlns='urn:other' " + EID + ">INUSE</state>")),
                device(
                        "a prefix of 300 bytes",
                        item("<%1$s:state xmlns:%1$s='urn:other' %2$s>INUSE</%1$s:state>"
                                .formatted("p".repeat(300), EID))),
                device("a mailbox among the devices", item(mailbox("<NEWMSGS>1</NEWMSGS><OLDMSGS>0</OLDMSGS>"))),
                device("an id with an entity", "<item id='a&amp;b'><state " + NS + " " + EID + ">INUSE</state></item>"),
                device(
                        "an id with a control character",
                        "<item id='a&#133;b'><state " + NS + " " + EID + ">INUSE</state></item>"),
                device(
                        "an id of 2,000 characters",
                        "<item id='" + "x".repeat(2000) + "'><state " + NS + " " + EID + ">INUSE</state></item>"),
                device("12 kB of text", item("<state " + NS + " " + EID + ">" + "INUSE ".repeat(2_000) + "</state>")),
                device(
                        "two items",
                        item("<state " + NS + " " + EID + ">INUSE</state>")
                                + item("<state " + NS + " " + EID + ">BUSY</state>")),
                device("a second payload", item("<state " + NS + " " + EID + ">INUSE</state><foo " + NS + "/>")),
                mailboxes(
                        "a mailbox without item id",
                        "<item>" + mailbox("<NEWMSGS>1</NEWMSGS><OLDMSGS>0</OLDMSGS>") + "</item>"),
                mailboxes(
                        "a mailbox without eid",
                        item("<mailbox " + NS + "><NEWMSGS>1</NEWMSGS><OLDMSGS>0</OLDMSGS></mailbox>")),
                mailboxes(
                        "the mailbox @, which is no name and no context",
                        "<item id='@'>" + mailbox("<NEWMSGS>1</NEWMSGS><OLDMSGS>0</OLDMSGS>") + "</item>"),
                mailboxes("a mailbox without NEWMSGS", item(mailbox("<OLDMSGS>0</OLDMSGS>"))),
                mailboxes("a mailbox without OLDMSGS", item(mailbox("<NEWMSGS>0</NEWMSGS>"))),
                mailboxes("an empty mailbox", item(mailbox(""))),
                mailboxes("empty counts", item(mailbox("<NEWMSGS/><OLDMSGS/>"))),
                mailboxes("a negative count", item(mailbox("<NEWMSGS>-1</NEWMSGS><OLDMSGS>0</OLDMSGS>"))),
                mailboxes("a huge count", item(mailbox("<NEWMSGS>1000000</NEWMSGS><OLDMSGS>0</OLDMSGS>"))),
                mailboxes("a state among the mailboxes", item("<state " + NS + " " + EID + ">INUSE</state>")));
    }

    /** Whether only the node is wrong. */
    boolean belongsElsewhere() {
        return what.contains(" among the ");
    }

    /** Whether it shows that it is Asterisk's, when it is published to a leaf node {@code Custom:m}. */
    boolean showsItsLeaf() {
        return content.contains("<item id='Custom:m'>") && content.contains(NS);
    }

    private static Malformed device(String what, String content) {
        return new Malformed(what, "device_state", content);
    }

    private static Malformed mailboxes(String what, String content) {
        return new Malformed(what, "message_waiting", content);
    }

    private static String item(String payload) {
        return "<item id='Custom:m'>" + payload + "</item>";
    }

    private static String mailbox(String counts) {
        return "<mailbox " + NS + " " + EID + ">" + counts + "</mailbox>";
    }

    @Override
    public String toString() {
        return what;
    }
}
