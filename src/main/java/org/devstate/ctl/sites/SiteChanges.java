// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.sites;

import org.devstate.ctl.command.Conversation;
import org.devstate.ctl.command.ServiceCommand;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FilledForm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The subcommands that change a site as a whole. */
public final class SiteChanges {

    private SiteChanges() {}

    /** A subcommand about the site that its first argument names. */
    private abstract static class SiteSubcommand extends ServiceCommand {

        @Parameters(index = "0", paramLabel = "NAME", description = "Name of the site.")
        private String name = "";

        final String name() {
            return name;
        }

        final FilledForm form() {
            return Conversation.form().with("name", name);
        }
    }

    /** {@code devstatectl remove-site} */
    @Command(
            name = "remove-site",
            description = "Removes a site. Its servers are then in no site, and are no longer admitted.",
            footer = {"", "Example:", "  devstatectl remove-site paris"})
    public static final class Remove extends SiteSubcommand {

        @Option(names = "--yes", description = "Do not ask for confirmation.")
        private boolean yes;

        @Override
        protected void run(Conversation conversation) throws Failure {
            if (!confirmed(yes, "Remove the site " + name() + "? Its servers will no longer be admitted.")) {
                throw Failure.rejected("Nothing was changed");
            }
            print(conversation.run("devstate-remove-site", form().with("confirm", "true")));
        }
    }

    /** {@code devstatectl suspend-site} */
    @Command(
            name = "suspend-site",
            description =
                    "Suspends a site: until it is resumed, it exchanges no state with any other site. Its own servers go on"
                            + " exchanging state, unless --completely is given. What they publish is stored until then.",
            footer = {
                "",
                "Examples:",
                "  devstatectl suspend-site paris",
                "  devstatectl suspend-site paris --completely"
            })
    public static final class Suspend extends SiteSubcommand {

        @Option(names = "--completely", description = "Cut its own servers off from each other, too.")
        private boolean completely;

        @Override
        protected void run(Conversation conversation) throws Failure {
            print(conversation.run("devstate-suspend-site", completely ? form().with("completely", "true") : form()));
        }
    }

    /** {@code devstatectl resume-site} */
    @Command(name = "resume-site", description = "Resumes a site that was suspended.")
    public static final class Resume extends SiteSubcommand {

        @Override
        protected void run(Conversation conversation) throws Failure {
            print(conversation.run("devstate-resume-site", form()));
        }
    }
}
