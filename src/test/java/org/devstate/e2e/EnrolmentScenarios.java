// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.devstate.ctl.CtlInProcess.Outcome;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Asterisk.Release;
import org.devstate.testbed.Await;
import org.devstate.testbed.Testbed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** New servers, from the command to the first state that another shows. */
interface EnrolmentScenarios extends AdministrationScenarios {

    /** Enrols a server with the script, and starts a fresh Asterisk with the written files. */
    private Asterisk enrol(Release release, String site, String name, int number) throws Exception {
        Path files = Files.createTempDirectory(folder(), "enrolled").resolve(name);
        Process process = administrator()
                .script("add-server", site, name, "--output-dir", files.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder().resolve("enrol-" + name + ".log").toFile())
                .start();
        assertThat(process.waitFor())
                .as(Files.readString(folder().resolve("enrol-" + name + ".log")))
                .isZero();
        return Asterisk.startEnrolled(Testbed.find(), release, folder(), name, number, xmpp(), files);
    }

    /** Each of two sites has one; the number selects the one with the mailbox. */
    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource({"V22, V16", "V16, V22"})
    default void twoFreshServersConnectAndShareWithoutAnyOtherStep(Release first, Release second) throws Exception {
        String suffix = first.name().toLowerCase(Locale.ROOT);
        administrator().does("add-site", "west-" + suffix);
        administrator().does("add-site", "east-" + suffix);
        try (Asterisk west = enrol(first, "west-" + suffix, "west" + suffix, 1);
                Asterisk east = enrol(second, "east-" + suffix, "east" + suffix, 3)) {
            west.awaitConnected(Office.CONNECT);
            east.awaitConnected(Office.CONNECT);

            west.setDeviceState("Custom:agent1", "INUSE");
            Office.awaitMember(east, "Custom:agent1", "(In use)", Office.AT_ONCE);
            east.setDeviceState("Custom:agent3", "BUSY");
            Office.awaitMember(west, "Custom:agent3", "(Busy)", Office.AT_ONCE);
            east.putVoicemail();
            Await.until("the hint on the mailbox", Office.AT_ONCE, () -> west.mailboxHint()
                    .contains("State:InUse"));

            assertThat(administrator().rows("servers", "west-" + suffix))
                    .singleElement()
                    .satisfies(row -> {
                        assertThat(row.getString("account")).isEqualTo("west" + suffix + "@example.net");
                        assertThat(row.getInt("online")).isEqualTo(1);
                    });
            assertThat(west.cli("core show settings")).containsPattern("Entity ID: +" + eidOf("west" + suffix));
        }
        for (String side : new String[] {"west", "east"}) {
            administrator().does("remove-server", side + suffix, "--delete-account", "--yes");
            administrator().does("remove-site", side + "-" + suffix, "--yes");
        }
    }

    private String eidOf(String name) {
        return administrator().rows("eids").stream()
                .filter(row -> row.getString("account").equals(name + "@example.net"))
                .map(row -> row.getString("eid"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    default void aServerRemovedWithItsAccountCannotLogIn() {
        administrator().does("add-site", "lima");
        String password = administrator().values("add-server", "lima", "lima1").getString("password");
        Administrator itself = new Administrator(folder().resolve("lima1"), xmpp(), "lima1", password);
        assertThat(itself.run("sites").err()).contains("lima1@example.net is not an administrator");

        assertThat(administrator().does("remove-server", "lima1", "--delete-account", "--yes"))
                .contains("account is deleted");

        Outcome after = itself.run("sites");
        assertThat(after.status()).as("%s", after).isEqualTo(3);
        administrator().does("remove-site", "lima", "--yes");
    }

    @Test
    default void anExistingAccountIsNotTakenOver() {
        xmpp().addAccount("oldie");
        administrator().does("add-site", "cairo");
        Outcome outcome = administrator().run("add-server", "cairo", "oldie");
        assertThat(outcome.out() + outcome.err()).contains("oldie@example.net").containsPattern("already|exists");
        Administrator itself = new Administrator(folder().resolve("oldie"), xmpp(), "oldie", "oldie");
        assertThat(itself.run("sites").status()).isEqualTo(1);
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(administrator().rows("servers", "cairo")).isEmpty();
        assertThat(administrator().rows("eids"))
                .noneMatch(row -> row.getString("account").startsWith("oldie@"));
        assertThat(administrator()
                        .run("add-server", "cairo", "oldie", "--existing-account")
                        .status())
                .isZero();
        assertThat(administrator().run("add-server", "cairo", "oldie").err()).contains("is a server already");
        administrator().does("remove-server", "oldie", "--yes");
        administrator().does("remove-site", "cairo", "--yes");
    }

    @Test
    default void aServerGetsANewPassword() {
        administrator().does("add-site", "quito");
        String old = administrator().values("add-server", "quito", "quito1").getString("password");
        String renewed = administrator().values("set-password", "quito1").getString("password");
        assertThat(renewed).isNotEqualTo(old);
        Administrator before = new Administrator(folder().resolve("quito-old"), xmpp(), "quito1", old);
        Administrator after = new Administrator(folder().resolve("quito-new"), xmpp(), "quito1", renewed);
        assertThat(before.run("sites").status()).isEqualTo(3);
        assertThat(after.run("sites").err()).contains("quito1@example.net is not an administrator");
        administrator().does("remove-server", "quito1", "--delete-account", "--yes");
        administrator().does("remove-site", "quito", "--yes");
    }
}
