// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.fields;

import java.util.List;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.SubmittedForm;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.MailboxCounts;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Value;
import org.devstate.core.model.ValueText;
import org.devstate.core.policy.Glob;
import org.devstate.core.validation.ItemValidator;
import org.jspecify.annotations.Nullable;

/** The fields that name a device or mailbox and its value. Stateless. */
public final class ItemFields {

    private static final List<String> NODES =
            List.of(NodeType.DEVICE_STATE.nodeName(), NodeType.MESSAGE_WAITING.nodeName());

    public static final Field NODE =
            Field.choice("node", "Kind", "device_state for devices, message_waiting for mailboxes.", NODES);
    public static final Field ID = Field.text(
            "id",
            "Device or mailbox",
            "Its name as Asterisk writes it, such as PJSIP/100 or 100@default; 1 to 255 bytes.");
    public static final Field EID = Field.text("eid", "EID", "The EID of the server, such as 00:11:22:33:44:5a.");

    private ItemFields() {}

    /** The chosen kind; {@code null} if it is empty or invalid. */
    public static @Nullable NodeType node(SubmittedForm entered) {
        return NodeType.named(entered.choice("node"));
    }

    /**
     * The submitted name in its canonical form.
     *
     * @param node the kind of the name; {@code null} if that is empty or invalid
     */
    public static String id(SubmittedForm entered, @Nullable NodeType node) {
        String id = ItemValidator.normalId(entered.text("id"));
        String fault = id.isEmpty() || node == null ? null : ItemValidator.idFault(node, id);
        if (fault != null) {
            entered.fault("id", fault);
        }
        return id;
    }

    /** The submitted pattern; one that matches all if it is invalid. */
    public static Glob glob(SubmittedForm entered, String field) {
        try {
            return new Glob(ItemValidator.normalId(entered.text(field)));
        } catch (IllegalArgumentException e) {
            entered.fault(field, String.valueOf(e.getMessage()));
            return Glob.ANY;
        }
    }

    /** The submitted EID for a server; {@code null} if it is empty or invalid. */
    public static @Nullable Eid serverEid(SubmittedForm entered) {
        Eid eid = eid(entered);
        if (eid != null && !eid.isServer()) {
            entered.fault(
                    "eid",
                    eid + " is not the EID of one server; an EID is neither all zeros nor a group address (odd"
                            + " first byte)");
        }
        return eid;
    }

    /** The submitted EID; {@code null} if it is empty or invalid. */
    public static @Nullable Eid eid(SubmittedForm entered) {
        String text = entered.text("eid");
        Eid eid = Eid.parse(text);
        if (eid == null && !text.isEmpty()) {
            entered.fault("eid", "must be six hex bytes such as 00:11:22:33:44:5a, not '" + text + "'");
        }
        return eid;
    }

    /** The submitted value; {@code null} if it is invalid, or there is no kind to read it by. */
    public static @Nullable Value value(SubmittedForm entered, @Nullable NodeType node) {
        String text = entered.text("value");
        if (node == null || text.isEmpty()) {
            return null;
        }
        Value value = ValueText.parse(node, text);
        if (value == null) {
            entered.fault(
                    "value",
                    node == NodeType.DEVICE_STATE
                            ? "must be one of " + List.of(DeviceState.values()) + ", not '" + text + "'"
                            : "must be new and old messages such as 2/0, each within 0.." + MailboxCounts.MAX
                                    + ", not '" + text + "'");
        }
        return value;
    }

    /** A value as it is shown, and read again. */
    public static String text(Value value) {
        return ValueText.write(value);
    }
}
