// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.command;

import java.util.List;
import org.devstate.core.admin.form.Result;
import org.devstate.ctl.xmpp.Answer;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FilledForm;

/**
 * Accounts at the XMPP server, through its own commands for administrators (XEP-0133), if the service cannot make accounts. Prosody has
 * these commands in {@code mod_admin_adhoc}.
 */
public final class AccountNames {

    private static final String TYPE = "http://jabber.org/protocol/admin";

    private final Conversation conversation;

    public AccountNames(Conversation conversation) {
        this.conversation = conversation;
    }

    /**
     * Whether the server reports that account. Prosody has a command for that (XEP-0133, 4.10); ejabberd has none that distinguishes
     * accounts that exist.
     *
     * @return {@code false} also if the server has no such command
     */
    public boolean isKnownToExist(String account) {
        try {
            Result roster = conversation.runAt(
                    domain(account),
                    TYPE + "#get-user-roster",
                    FilledForm.of(TYPE).with("accountjid", account));
            return roster.field("accountjid").text().equals(account);
        } catch (Failure e) {
            return false;
        }
    }

    /**
     * Makes an account.
     *
     * @throws Failure if the server rejects it; a conflict if the account exists. ejabberd reports that by the error condition; Prosody
     *     has only a text for it, so that it is asked
     */
    public void add(String account, String password) throws Failure {
        FilledForm form = FilledForm.of(TYPE)
                .with("accountjid", account)
                .with("password", password)
                .with("password-verify", password);
        Answer stage = conversation.beginAt(domain(account), TYPE + "#add-user");
        try {
            conversation.completeAt(domain(account), TYPE + "#add-user", stage, form);
        } catch (Failure e) {
            throw e.isConflict() || !isKnownToExist(account) ? e : Failure.conflict(e.text());
        }
    }

    /**
     * Gives an account another password.
     *
     * @throws Failure if the server rejects it, as it may if there is no such account
     */
    public void setPassword(String account, String password) throws Failure {
        FilledForm form = FilledForm.of(TYPE).with("accountjid", account).with("password", password);
        conversation.runAt(domain(account), TYPE + "#change-user-password", form);
    }

    /**
     * Deletes an account.
     *
     * @throws Failure if the server rejects it, as it may if there is no such account
     */
    public void delete(String account) throws Failure {
        FilledForm form = FilledForm.of(TYPE).with("accountjids", List.of(account));
        conversation.runAt(domain(account), TYPE + "#delete-user", form);
    }

    public static String user(String account) {
        return account.substring(0, account.indexOf('@'));
    }

    public static String domain(String account) {
        return account.substring(account.indexOf('@') + 1);
    }
}
