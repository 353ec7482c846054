// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The error of a rejected request.
 *
 * @param condition the defined condition (RFC 6120, 8.3.3)
 * @param pubsubCondition the name of the application-specific condition (XEP-0060); {@code null} if there is none
 * @param text the error and the advice, for a person
 */
public record StanzaError(Condition condition, @Nullable String pubsubCondition, String text) {

    /**
     * The conditions in use. Asterisk reads the legacy code: without one it crashes, and on 404 it would create the node, so
     * 404 is not among them.
     */
    public enum Condition {
        BAD_REQUEST("bad-request", "modify", 400),
        NOT_ACCEPTABLE("not-acceptable", "modify", 406),
        POLICY_VIOLATION("policy-violation", "wait", 500),
        /** A limit is reached. */
        RESOURCE_CONSTRAINT("resource-constraint", "wait", 500),
        /** The service is closed. On the wire as when a limit is reached: the sender may try again later. */
        NOT_SERVING("resource-constraint", "wait", 500),
        FORBIDDEN("forbidden", "auth", 403),
        FEATURE_NOT_IMPLEMENTED("feature-not-implemented", "cancel", 501),
        SERVICE_UNAVAILABLE("service-unavailable", "cancel", 503);

        private final String element;
        private final String type;
        private final int code;

        Condition(String element, String type, int code) {
            this.element = element;
            this.type = type;
            this.code = code;
        }

        /** The legacy code (XEP-0086). */
        public int code() {
            return code;
        }
    }

    /** The {@code error} element. */
    public XmlElement toXml() {
        XmlElement.XmlElementBuilder error = XmlElement.element("error", Namespaces.CLIENT)
                .attribute("code", Integer.toString(condition.code))
                .attribute("type", condition.type)
                .child(condition.element, Namespaces.STANZAS)
                .child(XmlElement.element("text", Namespaces.STANZAS).text(text).build());
        if (pubsubCondition != null) {
            error.child(pubsubCondition, Namespaces.PUBSUB_ERRORS);
        }
        return error.build();
    }
}
