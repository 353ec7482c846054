package org.devstate.ctl;

import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.Form;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The subcommands that only show a table. */
final class Lists {

    private Lists() {}

    /** {@code devstatectl sites} */
    @Command(name = "sites", description = "Shows all sites, with their servers, entries, rates and delays.")
    static final class Sites extends ServiceCommand {

        @Override
        void run(Conversation conversation) throws Failure {
            print(conversation.run("devstate-sites", Conversation.form()));
        }
    }

    /** One that may be of one site. */
    private abstract static class OfSite extends ServiceCommand {

        @Parameters(
                index = "0",
                arity = "0..1",
                paramLabel = "SITE",
                description = "Of this site only. Default: of all.")
        private @Nullable String site;

        private final String node;

        OfSite(String node) {
            this.node = node;
        }

        @Override
        void run(Conversation conversation) throws Failure {
            Form form = Conversation.form();
            print(conversation.run(node, site == null ? form : form.with("site", site)));
        }
    }

    /** {@code devstatectl servers} */
    @Command(
            name = "servers",
            description =
                    "Shows the Asterisk servers: how many sessions each has, what it has told, and how fast it goes.",
            footer = {"", "Example:", "  devstatectl servers paris"})
    static final class Servers extends OfSite {
        Servers() {
            super("devstate-servers");
        }
    }

    /** {@code devstatectl eids} */
    @Command(
            name = "eids",
            description =
                    "Shows which account each EID (an Asterisk's identity, entityid of its asterisk.conf) belongs to.",
            footer = {"", "Example:", "  devstatectl eids paris"})
    static final class Eids extends OfSite {
        Eids() {
            super("devstate-eids");
        }
    }

    /** {@code devstatectl refusals} */
    @Command(name = "refusals", description = "Shows what was refused of late, to whom, and why.")
    static final class Refusals extends ServiceCommand {

        @Override
        void run(Conversation conversation) throws Failure {
            print(conversation.run("devstate-refusals", Conversation.form()));
        }
    }

    /** {@code devstatectl counters} */
    @Command(name = "counters", description = "Shows what has been counted since the service's start.")
    static final class Counters extends ServiceCommand {

        @Override
        void run(Conversation conversation) throws Failure {
            print(conversation.run("devstate-counters", Conversation.form()));
        }
    }
}
