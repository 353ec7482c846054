// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.devstate.core.testing.ServiceFixture;
import org.junit.jupiter.api.Test;

final class PolicyTest {

    @Test
    void aPolicyIsClosedIfItAdmitsNoAccount() {
        assertThat(Policy.CLOSED.isClosed()).isTrue();
        assertThat(ServiceFixture.policy("site rome\n eids any\n").isClosed()).isTrue();
        assertThat(ServiceFixture.policy("site rome\n eids any\nsite paris\n servers pbx1@example.net\n")
                        .isClosed())
                .isFalse();
    }

    @Test
    void aClosedPolicyNamesTheLineToAdd() {
        assertThat(Policy.CLOSED.whyNoAccountIsAdmitted()).contains("there are no sites", "devstatectl add-site");
        assertThat(ServiceFixture.policy("site rome\n eids any\n").whyNoAccountIsAdmitted())
                .contains("no site has a server", "devstatectl add-server rome");
        assertThat(ServiceFixture.policy("site rome\n servers a@b\n").whyNoAccountIsAdmitted())
                .isNull();
    }
}
