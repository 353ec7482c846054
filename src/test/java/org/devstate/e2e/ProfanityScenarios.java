// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.devstate.testbed.Profanity;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.XmppServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** The screens of an administrator who uses Profanity, a client as Debian has it. */
interface ProfanityScenarios {

    String NOT_HERE = "NOT RUN: there is no Profanity here; run scripts/testbed profanity";

    /** The folder of all these tests. */
    Path folder();

    XmppServer xmpp();

    static boolean profanityIsThere() {
        return Testbed.find().has(Profanity.NAME);
    }

    private Profanity login(String user) {
        return Profanity.login(Testbed.find(), folder().resolve("profanity-" + user), xmpp(), user);
    }

    @Test
    @EnabledIf(value = "org.devstate.e2e.ProfanityScenarios#profanityIsThere", disabledReason = NOT_HERE)
    default void profanityListsTheCommandsToAnAdministrator() {
        try (Profanity admin = login("admin")) {
            admin.typeUntil("/cmd list " + xmpp().service(), "devstate-suspend-site");
            assertThat(admin.shown()).contains("devstate-add-site", "devstate-edit-site", "devstate-sites");
        }
    }

    @Test
    @EnabledIf(value = "org.devstate.e2e.ProfanityScenarios#profanityIsThere", disabledReason = NOT_HERE)
    default void profanityFillsInAFormAndShowsErrorsAndTheResult() {
        try (Profanity admin = login("admin")) {
            admin.typeUntil("/cmd list " + xmpp().service(), "devstate-add-site");
            admin.type("/cmd exec devstate-add-site " + xmpp().service());
            admin.awaitShown("[field1] Name (required):");
            admin.awaitShown("[field6] Grace: 30 s");
            admin.type("/field1 berlin");
            admin.awaitShown("[field1] Name (required): berlin");
            admin.type("/field6 soon");
            admin.awaitShown("[field6] Grace: soon");
            admin.type("/form submit");
            admin.awaitShown("grace: "); // the error names the field as programs do

            admin.type("/field6 \"7 s\"");
            admin.awaitShown("[field6] Grace: 7 s");
            admin.type("/form submit");
            admin.awaitShown("site berlin");
            admin.awaitShown("grace     7 s");

            admin.type("/form cancel");
            admin.awaitShown("The site berlin is added");
            admin.type("/cmd exec devstate-export " + xmpp().service());
            admin.awaitShown("site paris");
            admin.awaitShown("site berlin");
        }
    }

    @Test
    @EnabledIf(value = "org.devstate.e2e.ProfanityScenarios#profanityIsThere", disabledReason = NOT_HERE)
    default void profanityRunsNothingForOtherAccounts() {
        try (Profanity mallory = login("mallory")) {
            mallory.type("/cmd exec devstate-export " + xmpp().service());
            // It asks the service only if the server lists commands at all, and Tigase does so for administrators
            // only.
            mallory.awaitShown("only administrators can run commands", "Server does not support ad hoc commands");
            assertThat(mallory.shown()).doesNotContain("site paris");
        }
    }
}
