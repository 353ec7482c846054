// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.servers;

import java.util.List;
import java.util.stream.Collectors;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.Result;
import org.devstate.core.admin.operations.Enrolment;
import org.devstate.core.model.Account;
import org.devstate.core.model.Eid;

/** The configuration of a new server's Asterisk, ready to be pasted (16 and 22). Stateless. */
final class AsteriskConfig {

    /** The placeholder for an unknown password. */
    private static final String UNKNOWN_PASSWORD = "THE-PASSWORD-OF-THIS-ACCOUNT";

    private AsteriskConfig() {}

    static List<String> xmpp(Enrolment enrolment, Account account, String password) {
        String host = enrolment.serverHost().isEmpty() ? account.domain() : enrolment.serverHost();
        return List.of(
                "[general]",
                "auth_policy = accept",
                "autoregister = yes",
                "",
                "[xmpp]",
                "type = client",
                "serverhost = " + host,
                "port = " + enrolment.serverPort(),
                "username = " + account + "/asterisk",
                "secret = " + (password.isEmpty() ? UNKNOWN_PASSWORD : password),
                "usetls = yes",
                "usesasl = yes",
                "statusmessage = Asterisk",
                "timeout = 5",
                "distribute_events = yes",
                "pubsub_node = " + enrolment.service());
    }

    static List<String> asterisk(Eid eid) {
        return List.of("[options]", "entityid = " + eid);
    }

    static List<String> modules() {
        return List.of(
                "[modules]",
                "load = pbx_config.so",
                "load = func_devstate.so",
                "load = res_smdi.so",
                "load = res_adsi.so",
                "load = app_queue.so",
                "load = res_clioriginate.so",
                "load = res_xmpp.so",
                "; on a server with mailboxes: load = app_voicemail.so",
                "; on a server that shows the mailboxes of others: load = res_mwi_devstate.so");
    }

    /**
     * The result for a server that was added, or has a new password.
     *
     * @param eids its EIDs; asterisk.conf is given if it has one only
     * @param password empty if it is not known
     * @param done a field that shows whether the account was created or changed
     */
    static Result result(
            Enrolment enrolment,
            String site,
            Account account,
            List<Eid> eids,
            String password,
            Field done,
            List<String> todo) {
        boolean one = eids.size() == 1;
        String text = eids.stream().map(Eid::toString).collect(Collectors.joining(" "));
        return Result.of(
                "The server " + account,
                List.of(
                        Field.text("account", "Account", "").with(account.text()),
                        Field.text("password", "Password, shown this once", "").with(password),
                        done,
                        Field.text("eid", "EID", "").with(text),
                        Field.text("site", "Site", "").with(site),
                        Field.lines("xmpp.conf", "xmpp.conf", "").with(xmpp(enrolment, account, password)),
                        Field.lines("asterisk.conf", "asterisk.conf", "").with(one ? asterisk(eids.get(0)) : List.of()),
                        Field.lines("modules.conf", "modules.conf", "").with(modules()),
                        Field.lines("checks", "Checks to run after", "")
                                .with(one ? checks(account, eids.get(0)) : List.of()),
                        Field.lines("todo", "Left to do", "").with(todo)));
    }

    static List<String> checks(Account account, Eid eid) {
        return List.of(
                "asterisk -rx 'core restart now'    (the entityid counts from a start on)",
                "asterisk -rx 'core show settings'    shows: Entity ID: " + eid,
                "asterisk -rx 'xmpp show connections'    shows: [xmpp] " + account + "/asterisk - Connected",
                "asterisk -rx 'devstate change Custom:devstate-test INUSE'    makes this device known to the others",
                "devstatectl entry device Custom:devstate-test    shows: " + eid
                        + " INUSE, and which subscribers received it");
    }
}
