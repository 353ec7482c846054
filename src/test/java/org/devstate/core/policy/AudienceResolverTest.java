// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.devstate.core.testing.ServiceFixture.ALICE;
import static org.devstate.core.testing.ServiceFixture.BOB;

import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.model.SessionFilter;
import org.devstate.core.testing.ServiceFixture;
import org.junit.jupiter.api.Test;

final class AudienceResolverTest {

    private static final String OPEN = "site paris\n servers *@example.net\n receive allow * *\n publish allow *\n";

    private final ActivePolicy access = new ActivePolicy(ServiceFixture.policy(OPEN));
    private final AudienceResolver audience = new AudienceResolver(access);
    private final ItemKey key = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/1", new Eid(1));
    private final Notification event = new Notification(key, DeviceState.INUSE, ALICE, true);

    @Test
    void aNotificationStoresItsAudienceUntilThePolicyChanges() {
        SessionFilter before = audience.of(event);
        assertThat(before.includes(BOB)).isTrue();
        assertThat(event.audience()).isSameAs(before);
        assertThat(audience.of(event)).isSameAs(before);

        access.change(ServiceFixture.policy(OPEN.replace("receive allow", "receive deny")));
        SessionFilter after = audience.of(event);
        assertThat(after.includes(BOB)).isFalse();
        assertThat(event.audience()).isSameAs(after);
    }
}
