// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.entries;

import org.devstate.ctl.command.Conversation;
import org.devstate.ctl.command.ServiceCommand;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FilledForm;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The subcommands that only show a table. */
public final class Lists {

    private Lists() {}

    /** {@code devstatectl sites} */
    @Command(name = "sites", description = "Shows all sites, with their servers, entries, rates and delays.")
    public static final class SiteList extends ServiceCommand {

        @Override
        protected void run(Conversation conversation) throws Failure {
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
        protected void run(Conversation conversation) throws Failure {
            FilledForm form = Conversation.form();
            print(conversation.run(node, site == null ? form : form.with("site", site)));
        }
    }

    /** {@code devstatectl servers} */
    @Command(
            name = "servers",
            description = "Shows the Asterisk servers: sessions, entries, rates and lag.",
            footer = {"", "Example:", "  devstatectl servers paris"})
    public static final class ServerList extends OfSite {
        public ServerList() {
            super("devstate-servers");
        }
    }

    /** {@code devstatectl eids} */
    @Command(
            name = "eids",
            description =
                    "Shows which account each EID (an Asterisk's identity, entityid of its asterisk.conf) belongs to.",
            footer = {"", "Example:", "  devstatectl eids paris"})
    public static final class EidList extends OfSite {
        public EidList() {
            super("devstate-eids");
        }
    }

    /** {@code devstatectl rejections} */
    @Command(name = "rejections", description = "Shows recent rejections: account, node and reason.")
    public static final class RejectionList extends ServiceCommand {

        @Override
        protected void run(Conversation conversation) throws Failure {
            print(conversation.run("devstate-rejections", Conversation.form()));
        }
    }

    /** {@code devstatectl nodes} */
    @Command(
            name = "nodes",
            description =
                    "Shows the nodes of the cluster, as the node knows them that answers: state, since when, what is pending.")
    public static final class NodeList extends ServiceCommand {

        @Override
        protected void run(Conversation conversation) throws Failure {
            print(conversation.run("devstate-nodes", Conversation.form()));
        }
    }

    /** {@code devstatectl metrics} */
    @Command(
            name = "metrics",
            description =
                    "Shows all figures of the service and its sites, for programs: also how long notifications took.",
            footer = {
                "",
                "Example:",
                "  devstatectl metrics --json | jq -r '.[] | select(.site == \"paris\") | .name + \" \" + (.value | tostring)'"
            })
    public static final class MetricList extends ServiceCommand {

        @Override
        protected void run(Conversation conversation) throws Failure {
            print(conversation.run("devstate-metrics", Conversation.form()));
        }
    }

    /** {@code devstatectl counters} */
    @Command(name = "counters", description = "Shows the service's counters since its start.")
    public static final class CounterList extends ServiceCommand {

        @Override
        protected void run(Conversation conversation) throws Failure {
            print(conversation.run("devstate-counters", Conversation.form()));
        }
    }
}
