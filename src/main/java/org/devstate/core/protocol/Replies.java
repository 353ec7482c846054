// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.protocol;

import org.devstate.core.model.Jid;
import org.jspecify.annotations.Nullable;

/** Writes answers to requests. Stateless. */
public final class Replies {

    private Replies() {}

    /** An empty answer: the request is done. */
    public static XmlElement result(ElementView iq, Jid service, Jid to) {
        return reply(iq, service, to, "result").build();
    }

    /** An answer with content. */
    public static XmlElement result(ElementView iq, Jid service, Jid to, XmlElement content) {
        return reply(iq, service, to, "result").child(content).build();
    }

    /** The answer to a subscribe (XEP-0060, 6.1.2). */
    public static XmlElement subscribed(ElementView iq, Jid service, Jid to, Request.Subscribe request) {
        XmlElement subscription = XmlElement.element("subscription", Namespaces.PUBSUB)
                .attribute("node", request.target().node().nodeName())
                .attribute("jid", request.jid())
                .attribute("subscription", "subscribed")
                .build();
        return reply(iq, service, to, "result")
                .child(XmlElement.element("pubsub", Namespaces.PUBSUB)
                        .child(subscription)
                        .build())
                .build();
    }

    /**
     * An answer with an error. It echoes the target, and none of the sender's content: Asterisk crashes on an error whose {@code
     * pubsub} is empty, and logs the name of the node.
     *
     * @param target of the request; {@code null} if it is none of our nodes
     */
    public static XmlElement error(
            ElementView iq, Jid service, Jid to, Request.@Nullable Target target, StanzaError error) {
        XmlElement.XmlElementBuilder reply = reply(iq, service, to, "error");
        if (target != null && !target.isService()) {
            reply.child(echo(target));
        }
        return reply.child(error.toXml()).build();
    }

    /** An answer with an error to a request that is about none of our nodes. */
    public static XmlElement error(ElementView iq, Jid service, Jid to, XmlElement error) {
        return reply(iq, service, to, "error").child(error).build();
    }

    private static XmlElement echo(Request.Target target) {
        String node = target.name();
        if (target.action().isEmpty()) {
            return XmlElement.element("query", target.namespace())
                    .attribute("node", node)
                    .build();
        }
        return XmlElement.element("pubsub", target.namespace())
                .child(XmlElement.element(target.action(), target.namespace())
                        .attribute("node", node)
                        .build())
                .build();
    }

    private static XmlElement.XmlElementBuilder reply(ElementView iq, Jid service, Jid to, String type) {
        return XmlElement.element("iq", Namespaces.CLIENT)
                .attribute("type", type)
                .attribute("from", service.toString())
                .attribute("to", to.toString())
                .attribute("id", iq.attribute("id"));
    }
}
