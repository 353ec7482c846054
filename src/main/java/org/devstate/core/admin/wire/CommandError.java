// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.wire;

import org.devstate.core.protocol.Namespaces;
import org.devstate.core.protocol.XmlElement;

/** Why a command is not carried out (XEP-0050, table of possible errors). */
enum CommandError {
    MALFORMED_ACTION(
            "modify", 400, "bad-request", "malformed-action", "action is execute, next, prev, complete or cancel"),
    BAD_ACTION("modify", 400, "bad-request", "bad-action", "this action is not offered at this stage"),
    BAD_LOCALE("modify", 400, "bad-request", "bad-locale", "xml:lang is no language"),
    BAD_PAYLOAD("modify", 400, "bad-request", "bad-payload", "a command holds at most one form, of type submit"),
    BAD_SESSIONID("modify", 400, "bad-request", "bad-sessionid", "this account has no such session of the command"),
    SESSION_EXPIRED(
            "cancel", 405, "not-allowed", "session-expired", "this session has ended; execute the command again"),
    FORBIDDEN("auth", 403, "forbidden", "", "only administrators can run commands"),
    ITEM_NOT_FOUND("cancel", 404, "item-not-found", "", "there is no such command"),
    NOT_SERVING("wait", 500, "resource-constraint", "", "the service is not serving; nothing was changed");

    private final String type;
    private final int code;
    private final String condition;
    private final String specific;
    private final String text;

    CommandError(String type, int code, String condition, String specific, String text) {
        this.type = type;
        this.code = code;
        this.condition = condition;
        this.specific = specific;
        this.text = text;
    }

    /** The text for the sender. */
    String text() {
        return text;
    }

    /** The {@code error} element. */
    XmlElement toXml() {
        return toXml(text);
    }

    /** Returns the error with that text. */
    XmlElement toXml(String message) {
        XmlElement.XmlElementBuilder error = XmlElement.element("error", Namespaces.CLIENT)
                .attribute("code", Integer.toString(code))
                .attribute("type", type)
                .child(condition, Namespaces.STANZAS)
                .child(XmlElement.element("text", Namespaces.STANZAS)
                        .text(message)
                        .build());
        if (!specific.isEmpty()) {
            error.child(specific, Namespaces.COMMANDS);
        }
        return error.build();
    }
}
