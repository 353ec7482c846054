package org.devstate.core.admin;

import java.util.List;
import org.devstate.core.model.Eid;

/** What the Asterisk of a new server is to be told, ready to be pasted (16 and 22). Stateless. */
final class AsteriskConfig {

    /** What stands for a password that is not known. */
    private static final String UNKNOWN_PASSWORD = "THE-PASSWORD-OF-THIS-ACCOUNT";

    private AsteriskConfig() {}

    static List<String> xmpp(Enrolment enrolment, String account, String password) {
        String host =
                enrolment.serverHost().isEmpty() ? account.substring(account.indexOf('@') + 1) : enrolment.serverHost();
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

    static List<String> checks(String account, Eid eid) {
        return List.of(
                "asterisk -rx 'core restart now'    (the entityid counts from a start on)",
                "asterisk -rx 'core show settings'    shows: Entity ID: " + eid,
                "asterisk -rx 'xmpp show connections'    shows: [xmpp] " + account + "/asterisk - Connected",
                "asterisk -rx 'devstate change Custom:devstate-test INUSE'    makes this device known to the others",
                "asterisk -rx 'xmpp list nodes xmpp device_state'    shows: Custom:devstate-test",
                "devstatectl entry device_state Custom:devstate-test    shows: " + eid + " INUSE, and who was told");
    }
}
