// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.fields;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.SubmittedForm;
import org.devstate.core.admin.operations.Servers;
import org.devstate.core.model.Account;
import org.jspecify.annotations.Nullable;

/** The accounts of servers, as they are filled in. Stateless. */
public final class ServerAccountFields {

    public static final Field FIELD = Field.text(
            "account", "Account", "Such as pbx1@example.net, or pbx1 alone for an account of this service's domain.");

    /** Only names that all XMPP servers, and Asterisk's configuration, take without escapes. */
    private static final String ACCOUNT = "[a-z0-9][a-z0-9._+-]*@[a-z0-9][a-z0-9.-]*";

    private ServerAccountFields() {}

    /**
     * The account that was filled in; {@code null}, with a fault, if it is none.
     *
     * @param domain of an account that is given without
     */
    public static @Nullable Account read(SubmittedForm entered, String field, String domain) {
        String text = entered.text(field).toLowerCase(Locale.ROOT);
        String account = text.contains("@") ? text : text + "@" + domain;
        if (!text.isEmpty() && account.matches(ACCOUNT)) {
            return Account.of(account);
        }
        if (!text.isEmpty()) {
            entered.fault(
                    field,
                    "must be an account such as pbx1@" + domain + ", of letters a-z, digits and . _ + - only, not '"
                            + text + "'");
        }
        return null;
    }

    /**
     * The account of a server that was filled in, by its local part alone if only one server has that.
     *
     * @param domain of an account that is given without, if no server has its local part
     */
    public static @Nullable Account find(SubmittedForm entered, String field, Servers servers, String domain) {
        Account account = read(entered, field, domain);
        String text = entered.text(field).toLowerCase(Locale.ROOT);
        if (account == null || text.contains("@") || !entered.isRight()) {
            return account;
        }
        List<Account> found = servers.all().stream()
                .map(Servers.Server::account)
                .filter(each -> each.text().startsWith(text + "@"))
                .toList();
        if (found.size() > 1) {
            entered.fault(
                    field,
                    "several servers are called " + text + ": "
                            + found.stream().map(Account::text).collect(Collectors.joining(", ")));
        }
        return found.size() == 1 ? found.get(0) : account;
    }

    /** Adds a fault unless {@code account} is a known server. */
    public static void mustExist(SubmittedForm entered, String field, @Nullable Account account, Servers servers) {
        boolean known = servers.all().stream().anyMatch(each -> each.account().equals(account));
        if (entered.isRight() && !known) {
            entered.fault(field, "there is no server " + account + "; devstate-servers lists them");
        }
    }
}
