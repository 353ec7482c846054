// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.devstate.testbed.XmppServer;
import org.jivesoftware.smack.XMPPException.XMPPErrorException;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smackx.commands.AdHocCommandNote;
import org.jivesoftware.smackx.commands.RemoteCommand;
import org.jivesoftware.smackx.xdata.FormField;
import org.jivesoftware.smackx.xdata.form.FillableForm;
import org.jivesoftware.smackx.xdata.packet.DataForm;
import org.junit.jupiter.api.Test;

/** Clients built on Smack, with its own class for ad-hoc commands. */
interface SmackScenarios {

    XmppServer xmpp();

    private static FillableForm fill(RemoteCommand command, String name, String value) {
        FillableForm form = new FillableForm(command.getForm());
        form.setAnswer(name, value);
        return form;
    }

    private static Map<String, String> cells(DataForm.Item item) {
        return item.getFields().stream().collect(Collectors.toMap(FormField::getFieldName, FormField::getFirstValue));
    }

    /** The component rejects the question, Tigase lists nothing of ours. */
    private static List<String> found(SmackClient client) throws Exception {
        try {
            return client.commands();
        } catch (XMPPErrorException e) {
            assertThat(e.getStanzaError().getCondition()).isEqualTo(StanzaError.Condition.service_unavailable);
            return List.of();
        }
    }

    @Test
    default void smackListsTheCommandsToAnAdministrator() throws Exception {
        try (SmackClient admin = SmackClient.login(xmpp(), "admin")) {
            assertThat(admin.commands())
                    .hasSize(27)
                    .doesNotHaveDuplicates()
                    .contains("devstate-sites", "devstate-edit-site", "devstate-import");
        }
    }

    @Test
    default void smackReadsATable() throws Exception {
        try (SmackClient admin = SmackClient.login(xmpp(), "admin")) {
            RemoteCommand sites = admin.command("devstate-sites");

            sites.execute();

            assertThat(sites.isCompleted()).isTrue();
            assertThat(sites.getForm().getReportedData().getFields())
                    .extracting(FormField::getFieldName)
                    .startsWith("site", "suspended", "servers", "online");
            assertThat(sites.getForm().getItems()).anySatisfy(item -> assertThat(cells(item))
                    .containsEntry("site", "paris")
                    .containsEntry("suspended", "no")
                    .containsEntry("online", "0"));
        }
    }

    @Test
    default void smackGoesThroughTheStagesOfACommandAndBackToAnError() throws Exception {
        try (SmackClient admin = SmackClient.login(xmpp(), "admin")) {
            RemoteCommand edit = admin.command("devstate-edit-site");
            edit.execute();
            edit.next(fill(edit, "name", "paris"));
            assertThat(edit.getForm().getField("servers").getValuesAsString()).containsExactly("pbx1@example.net");

            edit.complete(fill(edit, "grace", "soon"));
            assertThat(edit.isCompleted()).isFalse();
            assertThat(edit.getForm().getField("grace").getFirstValue()).isEqualTo("soon");
            assertThat(edit.getNotes()).last().satisfies(note -> {
                assertThat(note.getType()).isEqualTo(AdHocCommandNote.Type.error);
                assertThat(note.getValue()).startsWith("grace: ");
            });

            edit.complete(fill(edit, "grace", "7 s"));
            assertThat(edit.isCompleted()).isTrue();
            assertThat(edit.getNotes())
                    .last()
                    .extracting(AdHocCommandNote::getValue)
                    .isEqualTo("The site paris is changed");
            assertThat(edit.getForm().getField("policy").getValuesAsString())
                    .anyMatch(line -> line.matches(" *grace +7 s"));
        }
    }

    @Test
    default void smackListsAndRunsNothingForOtherAccounts() throws Exception {
        try (SmackClient mallory = SmackClient.login(xmpp(), "mallory")) {
            assertThat(found(mallory)).isEmpty();
            assertThatThrownBy(mallory.command("devstate-sites")::execute)
                    .asInstanceOf(type(XMPPErrorException.class))
                    .extracting(error -> error.getStanzaError().getCondition())
                    .isEqualTo(StanzaError.Condition.forbidden);
        }
    }
}
