// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.devstate.ctl.setup.plan.PlanDraft;
import org.devstate.ctl.setup.plan.ServerFacts;
import org.devstate.ctl.setup.plan.SetupRequest;
import org.devstate.ctl.setup.plan.TextFiles;
import org.devstate.ctl.xmpp.Failure;
import org.junit.jupiter.api.Test;

/** The plan for component.conf. */
final class ComponentFileTest {

    private static final Path FILE = Path.of("/etc/tigase-devstate/component.conf");
    private static final SetupRequest REQUEST = new SetupRequest(
            "example.net",
            "admin@example.net",
            "devstate.example.net",
            "xmpp.example.net",
            Path.of("/etc/tigase-devstate"),
            Path.of("/root/.config/devstatectl.conf"));

    private final TextFiles files = new TextFiles();

    private String planned(ServerFacts facts) throws Failure {
        PlanDraft draft = new PlanDraft();
        new ComponentFile(files, REQUEST).plan(facts, draft);
        files.make(draft.changes());
        return draft.changes().isEmpty() ? "" : draft.changes().get(0).after();
    }

    private static ServerFacts facts(String secret) {
        return new ServerFacts(secret, 5347, 5222, null);
    }

    @Test
    void aNewFileHasAllThatIsNeededAndNoMore() throws Failure {
        Config config = ConfigFactory.parseString(planned(facts("s\"1")));
        assertThat(config.getString("component.address")).isEqualTo("devstate.example.net");
        assertThat(config.getString("component.secret")).isEqualTo("s\"1");
        assertThat(config.getString("server.host")).isEqualTo("127.0.0.1");
        assertThat(config.getStringList("administrators")).containsExactly("admin@example.net");
        assertThat(config.getString("enrolment.server-host")).isEqualTo("xmpp.example.net");
        assertThat(config.entrySet()).hasSize(5);
        assertThat(planned(facts("s\"1"))).isEmpty();
    }

    @Test
    void theLinesOfTheSampleStayAndAreOverridden() throws Exception {
        String sample = Files.readString(Path.of("etc/component.conf"));
        files.with(FILE, sample);
        String text = planned(new ServerFacts("new", 5348, 5223, null));
        assertThat(text).startsWith(sample);
        Config config = ConfigFactory.parseString(text);
        assertThat(config.getString("component.secret")).isEqualTo("new");
        assertThat(config.getInt("server.port")).isEqualTo(5348);
        assertThat(config.getInt("enrolment.server-port")).isEqualTo(5223);
        assertThat(planned(new ServerFacts("new", 5348, 5223, null))).isEmpty();
    }

    @Test
    void theSecretOfTheSampleIsNone() throws Exception {
        files.with(FILE, Files.readString(Path.of("etc/component.conf")));
        assertThat(new ComponentFile(files, REQUEST).secret()).isNull();
    }

    @Test
    void theAccountsOfTheSampleMakeNoSite() throws Exception {
        files.with(FILE, Files.readString(Path.of("etc/component.conf")));
        assertThat(new ComponentFile(files, REQUEST).accounts()).isEmpty();
        assertThat(ConfigFactory.parseString(planned(facts("new"))).getStringList("accounts"))
                .isEmpty();
        assertThat(new ComponentFile(files, REQUEST).accounts()).isEmpty();
        assertThat(planned(facts("new"))).isEmpty();
    }

    @Test
    void accountsOfAnAdministratorStay() throws Exception {
        String mine = Files.readString(Path.of("etc/component.conf")).replace("change me", "mine");
        files.with(FILE, mine);
        assertThat(new ComponentFile(files, REQUEST).accounts()).containsExactly("pbx*@example.net");
        assertThat(planned(facts("mine"))).doesNotContain("accounts = []");
        files.with(FILE, mine.replace("\"mine\"", "\"change me\"").replace("pbx*@", "ast*@"));
        assertThat(planned(facts("new"))).doesNotContain("accounts = []");
    }

    @Test
    void accountsThatAnEarlierRunHasLeftStay() throws Exception {
        files.with(FILE, Files.readString(Path.of("etc/component.conf")));
        String planned = planned(facts("new"));
        files.with(FILE, planned.replace("accounts = []\n", ""));
        assertThat(planned(facts("newer"))).doesNotContain("accounts = []");
    }

    @Test
    void administratorsThatAreThereStay() throws Failure {
        files.with(FILE, "administrators = [ \"boss@example.net\" ]");
        assertThat(ConfigFactory.parseString(planned(facts("x"))).getStringList("administrators"))
                .isEqualTo(List.of("boss@example.net", "admin@example.net"));
    }

    @Test
    void aFileOfTheSecretIsUsedIfItHasTheSecret() throws Failure {
        files.with(FILE, "component { address = devstate.example.net, secret-file = its.secret }");
        files.with(FILE.resolveSibling("its.secret"), "one\n");
        assertThat(new ComponentFile(files, REQUEST).secret()).isEqualTo("one");
        assertThat(planned(facts("one"))).doesNotContain("component.secret");
        String text = planned(facts("two"));
        assertThat(ConfigFactory.parseString(text).hasPath("component.secret-file"))
                .isFalse();
        assertThat(ConfigFactory.parseString(text).getString("component.secret"))
                .isEqualTo("two");
    }

    @Test
    void theSecretOfAnotherAddressIsNotUsed() throws Failure {
        files.with(FILE, "component { address = other.example.net, secret = \"one\" }");
        assertThat(new ComponentFile(files, REQUEST).secret()).isNull();
    }

    @Test
    void anInvalidFileIsNamedAndNotChanged() {
        files.with(FILE, "component { address = ");
        assertThatThrownBy(() -> planned(facts("x"))).hasMessageContaining(FILE + " is not valid");
        files.with(FILE, "administrators = 5");
        assertThatThrownBy(() -> planned(facts("x"))).hasMessageContaining(FILE + " is not valid");
    }
}
