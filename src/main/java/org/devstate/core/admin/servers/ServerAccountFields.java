package org.devstate.core.admin.servers;

import java.util.List;
import java.util.Locale;
import org.devstate.core.admin.form.Field;
import org.devstate.core.admin.form.SubmittedForm;

/** The accounts of servers, as they are filled in. Stateless. */
public final class ServerAccountFields {

    static final Field FIELD = Field.text(
            "account", "Account", "Such as pbx1@example.net, or pbx1 alone for an account of this service's domain.");

    /** Only names that all XMPP servers, and Asterisk's configuration, take without escapes. */
    private static final String ACCOUNT = "[a-z0-9][a-z0-9._+-]*@[a-z0-9][a-z0-9.-]*";

    private ServerAccountFields() {}

    /**
     * The bare address that was filled in.
     *
     * @param domain of an account that is given without
     */
    static String read(SubmittedForm entered, String field, String domain) {
        String text = entered.text(field).toLowerCase(Locale.ROOT);
        String account = text.contains("@") ? text : text + "@" + domain;
        if (!text.isEmpty() && !account.matches(ACCOUNT)) {
            entered.fault(
                    field,
                    "is an account such as pbx1@" + domain + ", of letters a-z, digits and . _ + - only, not '" + text
                            + "'");
        }
        return account;
    }

    /**
     * The account of a server that was filled in, by its local part alone if only one server has that.
     *
     * @param domain of an account that is given without, if no server has its local part
     */
    public static String find(SubmittedForm entered, String field, Servers servers, String domain) {
        String account = read(entered, field, domain);
        String text = entered.text(field).toLowerCase(Locale.ROOT);
        if (text.isEmpty() || text.contains("@") || !entered.isRight()) {
            return account;
        }
        List<String> found = servers.all().stream()
                .map(Servers.Server::account)
                .filter(each -> each.startsWith(text + "@"))
                .toList();
        if (found.size() > 1) {
            entered.fault(field, "several servers are called " + text + ": " + String.join(", ", found));
        }
        return found.size() == 1 ? found.get(0) : account;
    }

    /** Adds a fault unless {@code account} is a known server. */
    static void mustExist(SubmittedForm entered, String field, String account, Servers servers) {
        boolean known = servers.all().stream().anyMatch(each -> each.account().equals(account));
        if (entered.isRight() && !known) {
            entered.fault(field, "there is no server " + account + "; devstate-servers lists them");
        }
    }
}
