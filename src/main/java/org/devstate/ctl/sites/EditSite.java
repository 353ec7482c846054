// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.sites;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.devstate.ctl.command.Conversation;
import org.devstate.ctl.command.ServiceCommand;
import org.devstate.ctl.xmpp.Answer;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.ctl.xmpp.FilledForm;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code devstatectl edit-site} */
@Command(
        name = "edit-site",
        description =
                "Changes a site at once, without a restart. What you do not give stays as it is. A repeated option replaces"
                        + " the whole list; '' empties it.",
        footer = {
            SiteOptions.RULES,
            "Examples:",
            "  devstatectl edit-site paris --grace 60",
            "  devstatectl edit-site paris --receive 'deny berlin device *' --receive 'allow * *'"
        })
public final class EditSite extends ServiceCommand {

    private static final String NODE = "devstate-edit-site";

    @Parameters(index = "0", paramLabel = "NAME", description = "Name of the site.")
    private String name = "";

    @Mixin
    private SiteOptions options = new SiteOptions();

    @Override
    protected void check() throws Failure {
        if (options.given().isEmpty()) {
            throw Failure.usage("nothing to change: give at least one option, such as --grace 60");
        }
    }

    @Override
    protected void run(Conversation conversation) throws Failure {
        Answer stage = conversation.begin(NODE, Conversation.form().with("name", name));
        if (stage.done()) {
            print(stage.result());
            return;
        }
        Map<String, List<String>> fields = new LinkedHashMap<>();
        stage.result().fields().forEach(field -> fields.put(field.name(), field.values()));
        fields.putAll(options.given());
        FilledForm form = Conversation.form();
        for (Map.Entry<String, List<String>> field : fields.entrySet()) {
            form = form.with(field.getKey(), field.getValue());
        }
        print(conversation.complete(NODE, stage, form));
    }
}
