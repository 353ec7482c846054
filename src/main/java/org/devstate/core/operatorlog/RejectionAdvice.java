// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.operatorlog;

import org.devstate.core.protocol.StanzaError;

/** The advice to an administrator after a rejection. Stateless. */
public final class RejectionAdvice {

    /** The detail of an error that rejects any command. */
    public static final String COMMAND = "command";

    private RejectionAdvice() {}

    static String on(StanzaError error) {
        if (COMMAND.equals(error.pubsubCondition())) {
            return "Administrators are the accounts listed in admins (Tigase) or administrators (component)";
        }
        return switch (error.condition()) {
            case FORBIDDEN ->
                "If it is an Asterisk server of yours, put its account into a site, and give it an entityid of its own"
                        + " in asterisk.conf (devstate-eids lists owners, devstate-reset-eid frees an EID)";
            case RESOURCE_CONSTRAINT ->
                "To allow it, raise the limit in the configuration, or in its site (devstate-edit-site)";
            case NOT_SERVING ->
                "No limit was reached; an ERROR line in this log gives the reason, and devstate-counters too";
            case POLICY_VIOLATION -> "To allow more, raise subscriptions-per-account";
            case NOT_ACCEPTABLE -> "To allow it, raise stanza-characters";
            case BAD_REQUEST, FEATURE_NOT_IMPLEMENTED, SERVICE_UNAVAILABLE ->
                "The request was rejected as a whole: nothing of it was stored or sent";
        };
    }
}
