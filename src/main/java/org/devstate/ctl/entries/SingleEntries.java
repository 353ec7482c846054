// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.entries;

import org.devstate.ctl.command.Conversation;
import org.devstate.ctl.command.ServiceCommand;
import org.devstate.ctl.output.TerminalText;
import org.devstate.ctl.xmpp.Answer;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FilledForm;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The subcommands about one device or mailbox. */
public final class SingleEntries {

    private static final String NAME = "Its name, such as PJSIP/100 or 500@default.";

    private static final String CLEAR = "devstate-clear-entry";

    private SingleEntries() {}

    private static FilledForm item(@Nullable NodeName node, String id) {
        return Conversation.form().with("node", node == null ? "" : node.node()).with("id", id);
    }

    /** A subcommand about the entry that its first two arguments name. */
    private abstract static class EntrySubcommand extends ServiceCommand {

        @Parameters(index = "0", paramLabel = "NODE", converter = NodeName.Converter.class, description = NodeName.HELP)
        private @Nullable NodeName node;

        @Parameters(index = "1", paramLabel = "ID", description = NAME)
        private String id = "";

        final FilledForm item() {
            return SingleEntries.item(node, id);
        }
    }

    /** {@code devstatectl entry} */
    @Command(
            name = "entry",
            description =
                    "Shows all about one device or mailbox: what each server publishes of it, which subscribers received it, and why others did not.",
            footer = {"", "Example:", "  devstatectl entry device PJSIP/100"})
    public static final class Show extends EntrySubcommand {

        @Override
        protected void run(Conversation conversation) throws Failure {
            print(conversation.run("devstate-entry", item()));
        }
    }

    /** {@code devstatectl explain} */
    @Command(
            name = "explain",
            description =
                    "Shows whether the state of a device or mailbox of one site reaches another, and which rule decides.",
            footer = {"", "Example:", "  devstatectl explain paris berlin device PJSIP/100"})
    public static final class Explain extends ServiceCommand {

        @Parameters(index = "0", paramLabel = "FROM", description = "The site of the publisher.")
        private String from = "";

        @Parameters(index = "1", paramLabel = "TO", description = "The site of the subscribers.")
        private String to = "";

        @Parameters(index = "2", paramLabel = "NODE", converter = NodeName.Converter.class, description = NodeName.HELP)
        private @Nullable NodeName node;

        @Parameters(index = "3", paramLabel = "ID", description = NAME)
        private String id = "";

        @Override
        protected void run(Conversation conversation) throws Failure {
            print(conversation.run(
                    "devstate-explain", item(node, id).with("from", from).with("to", to)));
        }
    }

    /** {@code devstatectl set-entry} */
    @Command(
            name = "set-entry",
            description = "Sets the value of a device or mailbox for a server, until that server publishes again.",
            footer = {
                "",
                "Examples:",
                "  devstatectl set-entry device PJSIP/100 02:11:22:33:44:01 NOT_INUSE",
                "  devstatectl set-entry mailbox 500@default 02:11:22:33:44:01 0/3"
            })
    public static final class Set extends EntrySubcommand {

        @Parameters(index = "2", paramLabel = "EID", description = "EID of the server to set it for.")
        private String eid = "";

        @Parameters(
                index = "3",
                paramLabel = "VALUE",
                description = "A state such as NOT_INUSE; of a mailbox, the new and the old messages, such as 2/5.")
        private String value = "";

        @Override
        protected void run(Conversation conversation) throws Failure {
            print(conversation.run("devstate-set-entry", item().with("eid", eid).with("value", value)));
        }
    }

    /** {@code devstatectl clear-entry} */
    @Command(
            name = "clear-entry",
            description =
                    "Removes what a server has published of a device or mailbox: the others receive its offline state. With a glob, or without"
                            + " EID, what matches is counted first, and you are asked.",
            footer = {
                "",
                "Examples:",
                "  devstatectl clear-entry device PJSIP/100 02:11:22:33:44:01",
                "  devstatectl clear-entry device 'MulticastRTP/*' --site paris"
            })
    public static final class Clear extends ServiceCommand {

        @Parameters(index = "0", paramLabel = "NODE", converter = NodeName.Converter.class, description = NodeName.HELP)
        private @Nullable NodeName node;

        @Parameters(
                index = "1",
                paramLabel = "ID",
                description = "Its name, or a glob: * is any characters, ? is one, \\* is a *.")
        private String id = "";

        @Parameters(
                index = "2",
                arity = "0..1",
                paramLabel = "EID",
                description = "EID of the server that published it. Default: all servers.")
        private @Nullable String eid;

        @Option(names = "--site", paramLabel = "SITE", description = "Of this site's servers only.")
        private @Nullable String site;

        @Option(names = "--yes", description = "Do not ask for confirmation.")
        private boolean yes;

        @Override
        protected void run(Conversation conversation) throws Failure {
            FilledForm form = item(node, id);
            form = eid == null ? form : form.with("eid", eid);
            form = site == null ? form : form.with("site", site);
            Answer stage = conversation.begin(CLEAR, form);
            if (stage.done()) {
                print(stage.result());
                return;
            }
            if (!parent().isJson()) {
                stage.result().field("entries").values().forEach(line -> out().println(TerminalText.of(line)));
            }
            if (!isConfirmed(conversation, stage)) {
                conversation.cancel(CLEAR, stage);
                throw Failure.rejected("Nothing is cleared");
            }
            print(conversation.complete(CLEAR, stage, Conversation.form()));
        }

        private boolean isConfirmed(Conversation conversation, Answer stage) throws Failure {
            try {
                return confirmed(yes, "Clear " + stage.result().field("count").text() + " entries?");
            } catch (Failure noTerminal) {
                conversation.cancel(CLEAR, stage);
                throw noTerminal;
            }
        }
    }
}
