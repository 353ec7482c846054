// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.devstate.core.admin.command.Command;
import org.devstate.core.admin.command.Step;
import org.devstate.core.admin.operations.Enrolment;
import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.ServiceFixture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every command checks its sender, over any transport. */
final class CommandsTest {

    /** The commands that change nothing. */
    private static final Set<String> READING = Stream.of(
                    "sites",
                    "servers",
                    "eids",
                    "entries",
                    "entry",
                    "explain",
                    "why",
                    "changes",
                    "rejections",
                    "counters",
                    "metrics",
                    "nodes",
                    "export")
            .map(Commands.PREFIX::concat)
            .collect(Collectors.toSet());

    private final AtomicBoolean administrator = new AtomicBoolean(true);
    private final ServiceFixture host = new ServiceFixture();
    private final Commands commands = Commands.of(
            host.service.administration(),
            Enrolment.at(ServiceFixture.SERVICE, new AdminFixture.FakeAccounts()),
            jid -> administrator.get());

    static List<String> nodes() {
        return new CommandsTest()
                .commands.offers().stream().map(Commands.Offer::node).toList();
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void onlyAnAdministratorCanBeginACommand(String node) {
        administrator.set(false);

        assertThat(commands.begin(AdminFixture.ADMIN, node)).isInstanceOf(Step.Forbidden.class);
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void aRevokedAdministratorCannotContinueASession(String node) {
        Step begun = commands.begin(AdminFixture.ADMIN, node);
        administrator.set(false);

        if (begun instanceof Step.Stage stage) {
            assertThat(commands.submit(AdminFixture.ADMIN, stage, Map.of())).isInstanceOf(Step.Forbidden.class);
        } else {
            assertThat(begun).isInstanceOf(Step.Done.class);
        }
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void aCommandThatChangesSomethingIsRejectedWhileTheServiceIsNotServing(String node) {
        Step begun = commands.begin(AdminFixture.ADMIN, node);
        host.service.close("closed", "host other has the lease");
        Step anew = commands.begin(AdminFixture.ADMIN, node);

        if (READING.contains(node)) {
            Step last = anew instanceof Step.Stage ? null : anew;
            assertThat(last == null || noteOf(last).equals("The service is not serving: host other has the lease"))
                    .isTrue();
        } else {
            Step.NotServing rejected =
                    new Step.NotServing("the service is not serving: host other has the lease; nothing was changed");
            assertThat(anew).isEqualTo(rejected);
            assertThat(begun).isInstanceOfSatisfying(Step.Stage.class, stage -> assertThat(
                            commands.submit(AdminFixture.ADMIN, stage, Map.of()))
                    .isEqualTo(rejected));
        }
    }

    @Test
    void aCommandThatOnlyShowsReportsThatTheServiceIsNotServing() {
        host.service.close("closed", "host other has the lease");
        Step begun = commands.begin(AdminFixture.ADMIN, "devstate-explain");

        assertThat(begun).isInstanceOfSatisfying(Step.Stage.class, stage -> assertThat(noteOf(commands.submit(
                        AdminFixture.ADMIN,
                        stage,
                        Map.of(
                                "from", List.of("default"),
                                "to", List.of("default"),
                                "node", List.of("device_state"),
                                "id", List.of("PJSIP/1")))))
                .isEqualTo("The service is not serving: host other has the lease"));
    }

    private static String noteOf(Step step) {
        return step instanceof Step.Done done
                ? done.result().notes().get(done.result().notes().size() - 1).text()
                : step.toString();
    }

    @ParameterizedTest
    @MethodSource("nodes")
    void everyFieldIsExplained(String node) {
        assertThat(node).startsWith(Commands.PREFIX);
        if (commands.begin(AdminFixture.ADMIN, node) instanceof Step.Stage stage) {
            assertThat(stage.form().title()).isNotBlank();
            assertThat(stage.form().instructions()).isNotBlank();
            assertThat(stage.form().fields()).allSatisfy(field -> {
                assertThat(field.label()).isNotBlank();
                assertThat(field.prompt().description()).isNotBlank();
            });
        }
    }

    @Test
    void everyCommandHasANameAndATitleOfItsOwn() {
        assertThat(commands.offers())
                .extracting(Commands.Offer::title)
                .doesNotHaveDuplicates()
                .noneMatch(String::isBlank);
        assertThat(AllCommands.of(
                        host.service.administration(),
                        Enrolment.at(ServiceFixture.SERVICE, new AdminFixture.FakeAccounts())))
                .extracting(Command::node)
                .doesNotHaveDuplicates()
                .allMatch(node -> node.startsWith("devstate-"));
    }
}
