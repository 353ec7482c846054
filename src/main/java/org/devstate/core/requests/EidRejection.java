// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.requests;

import org.devstate.core.model.Account;
import org.devstate.core.model.Eid;
import org.devstate.core.policy.CompiledPolicy;
import org.devstate.core.policy.EidBindings;
import org.devstate.core.policy.Site;
import org.devstate.core.protocol.StanzaError;
import org.devstate.core.protocol.StanzaError.Condition;

/**
 * Why a server may not use an EID.
 *
 * @param error for the server: it does not name the EID's account, which may belong to another site
 * @param forAdministrators for administrators: it names that account, too
 */
record EidRejection(StanzaError error, String forAdministrators) {

    private static final String CURE = "; set entityid in asterisk.conf to an EID of its own";

    static EidRejection of(EidBindings.EidOutcome outcome, Eid eid, EidBindings bindings, CompiledPolicy compiled) {
        if (outcome == EidBindings.EidOutcome.UNLISTED) {
            String text = "EID " + eid + " is not listed for the site of this account; an administrator can"
                    + " list it (devstatectl edit-site --eids)";
            return new EidRejection(error(text), text);
        }
        Site site = compiled.siteThatLists(eid);
        Account owner = bindings.owner(eid);
        String whose = owner != null
                ? "the account " + owner
                : site != null ? "the site " + site.name() : "no account any more";
        String free = "; if it is this server's, an administrator can free it (devstatectl reset-eid " + eid + ")";
        return new EidRejection(
                error("EID " + eid + " belongs to another server" + CURE + free),
                "EID " + eid + " belongs to " + whose);
    }

    private static StanzaError error(String text) {
        return new StanzaError(Condition.FORBIDDEN, null, text);
    }
}
