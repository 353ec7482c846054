// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.SERVICE;

import org.devstate.core.testing.AdminFixture;
import org.devstate.core.testing.CommandAnswer;
import org.junit.jupiter.api.Test;

/** A command that is rejected only when it is carried out: its sender was an administrator when it arrived. */
final class CommandRevocationTest {

    private final AdminFixture admin = new AdminFixture();
    private int questions;

    @Test
    void anAdministratorWhoIsRevokedMeanwhileIsRejectedAndThatIsRecorded() {
        admin.administrators = jid -> questions++ == 0;
        assertThat(admin.execute("devstate-sites").error()).isEqualTo("forbidden");
        assertThat(admin.host.service.administration().history().rejections())
                .singleElement()
                .satisfies(rejection ->
                        assertThat(rejection.toString()).contains(AdminFixture.ADMIN.toString(), "devstate-sites"));
    }

    @Test
    void aCommandThatWouldChangeAServiceThatIsNotServingIsAnErrorWithTheReason() {
        admin.host.service.close("this server is not serving " + SERVICE, "host other has the lease");
        CommandAnswer answer = admin.execute("devstate-add-site", "name", "paris");
        assertThat(answer.iq().toString())
                .contains("the service is not serving: host other has the lease; nothing was changed");
        assertThat(admin.host.service.administration().history().rejections())
                .as("it is no rejection of the sender")
                .isEmpty();
    }
}
