// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.sites;

import java.util.List;
import java.util.Map;
import org.devstate.ctl.command.Conversation;
import org.devstate.ctl.command.ServiceCommand;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FilledForm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code devstatectl add-site} */
@Command(
        name = "add-site",
        description = "Adds a site. By default, it exchanges all device states and mailboxes with all other sites.",
        footer = {
            SiteOptions.DEFAULTS + SiteOptions.RULES,
            "Examples:",
            "  devstatectl add-site paris",
            "  devstatectl add-site berlin --publish 'allow device PJSIP/2*' --receive 'deny paris mailbox *' \\",
            "      --receive 'allow * *'"
        })
public final class AddSite extends ServiceCommand {

    @Parameters(index = "0", paramLabel = "NAME", description = "Its name, such as paris.")
    private String name = "";

    @Mixin
    private SiteOptions options = new SiteOptions();

    @Override
    protected void run(Conversation conversation) throws Failure {
        FilledForm form = Conversation.form().with("name", name);
        for (Map.Entry<String, List<String>> given : options.given().entrySet()) {
            form = form.with(given.getKey(), given.getValue());
        }
        print(conversation.run("devstate-add-site", form));
    }
}
