// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.testing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.devstate.core.admin.Commands;
import org.devstate.core.admin.operations.Enrolment;
import org.devstate.core.admin.wire.CommandDirectory;
import org.devstate.core.admin.wire.CommandHandler;
import org.devstate.core.model.Account;
import org.devstate.core.model.Jid;
import org.devstate.core.protocol.XmlElement;
import org.devstate.core.spi.Accounts;
import org.jspecify.annotations.Nullable;

/** A service with an administrator, who runs commands as a client does. */
public final class AdminFixture {

    public static final Jid ADMIN = Jid.of("admin@example.net/gajim");

    public final ServiceFixture host;
    public final FakeAccounts accounts = new FakeAccounts();

    /** Whether a session is an administrator's now. */
    public Predicate<Jid> administrators = jid -> jid.bare().equals(ADMIN.bare());

    public final CommandHandler desk;

    public AdminFixture() {
        this(new ServiceFixture(), true);
    }

    /** @param alone whether all of discovery is the desk's */
    public AdminFixture(ServiceFixture host, boolean alone) {
        this.host = host;
        Commands commands = Commands.of(
                host.service.administration(),
                Enrolment.at(ServiceFixture.SERVICE, accounts),
                jid -> administrators.test(jid));
        desk = new CommandHandler(
                new CommandDirectory(ServiceFixture.SERVICE, commands, alone),
                host.service.administration().history(),
                host.clock,
                host.sender);
    }

    /** Accounts in memory. */
    public static final class FakeAccounts implements Accounts {

        /** The passwords of those that there are. */
        public final Map<String, String> passwords = new HashMap<>();

        /** The outcome that is returned instead of doing it. */
        public @Nullable AccountOutcome instead;

        @Override
        public boolean areElsewhere() {
            return instead instanceof AccountOutcome.Elsewhere;
        }

        @Override
        public AccountOutcome create(Account account, String password) {
            if (instead != null) {
                return instead;
            }
            return passwords.putIfAbsent(account.text(), password) == null
                    ? new AccountOutcome.Changed()
                    : new AccountOutcome.AsItWas();
        }

        @Override
        public AccountOutcome setPassword(Account account, String password) {
            if (instead != null) {
                return instead;
            }
            return passwords.replace(account.text(), password) == null
                    ? new AccountOutcome.AsItWas()
                    : new AccountOutcome.Changed();
        }

        @Override
        public AccountOutcome delete(Account account) {
            if (instead != null) {
                return instead;
            }
            return passwords.remove(account.text()) == null
                    ? new AccountOutcome.AsItWas()
                    : new AccountOutcome.Changed();
        }
    }

    /** Executes a command, without a form. */
    public CommandAnswer execute(String node) {
        return ask(ADMIN, command(node, "", "", null));
    }

    /** Executes a command with its form; fields and values by turns, lines of text with line breaks. */
    public CommandAnswer execute(String node, String... fields) {
        return ask(ADMIN, command(node, "", "execute", form(fields)));
    }

    /** Goes on with one. */
    public CommandAnswer goOn(CommandAnswer before, String node, String action, String... fields) {
        return ask(ADMIN, command(node, before.session(), action, form(fields)));
    }

    /** Returns the answer to {@code stanza} of {@code from}. */
    public CommandAnswer ask(Jid from, XmlElement stanza) {
        host.sender.clear();
        if (!desk.handle(from, stanza)) {
            throw new AssertionError("not about commands: " + stanza);
        }
        List<XmlElement> answers = host.sender.to(from).stream()
                .filter(sent -> sent.name().equals("iq"))
                .toList();
        if (answers.size() != 1) {
            throw new AssertionError("not one answer: " + answers);
        }
        return new CommandAnswer(answers.get(0));
    }

    /** A command as a client writes it; empty parts are left out, and so is a form that is {@code null}. */
    public static XmlElement command(String node, String session, String action, @Nullable XmlElement form) {
        XmlElement.XmlElementBuilder command = XmlElement.element("command", "http://jabber.org/protocol/commands")
                .attribute("node", node)
                .attribute("sessionid", session.isEmpty() ? null : session)
                .attribute("action", action.isEmpty() ? null : action);
        if (form != null) {
            command.child(form);
        }
        return XmlElement.element("iq", "jabber:client")
                .attribute("type", "set")
                .attribute("id", "x1")
                .child(command.build())
                .build();
    }

    /** A filled-in form; fields and values by turns. */
    public static XmlElement form(String... fields) {
        XmlElement.XmlElementBuilder form =
                XmlElement.element("x", "jabber:x:data").attribute("type", "submit");
        for (int i = 0; i < fields.length; i += 2) {
            XmlElement.XmlElementBuilder field =
                    XmlElement.element("field", "jabber:x:data").attribute("var", fields[i]);
            for (String line : fields[i + 1].split("\n", -1)) {
                field.child(
                        XmlElement.element("value", "jabber:x:data").text(line).build());
            }
            form.child(field.build());
        }
        return form.build();
    }
}
