// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.devstate.core.model.Account;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.NodeType;
import org.devstate.core.stats.OverrideHistory.EntryOverride;
import org.junit.jupiter.api.Test;

final class OverrideHistoryTest {

    private static final Account ALICE = Account.of("alice@example.net");
    private static final Account BOB = Account.of("bob@example.net");
    private static final Eid EID = Objects.requireNonNull(Eid.parse("00:11:22:33:44:5a"));

    private final OverrideHistory history = new OverrideHistory();

    @Test
    void aKeyHasTheLastAdministratorWhoSetIt() {
        add("PJSIP/1", ALICE, 1);
        add("PJSIP/1", BOB, 2);

        assertThat(history.of(NodeType.DEVICE_STATE, "PJSIP/1"))
                .extracting(EntryOverride::administrator)
                .containsExactly(BOB);
        assertThat(history.of(NodeType.MESSAGE_WAITING, "PJSIP/1")).isEmpty();
    }

    @Test
    void aFullHistoryForgetsTheKeyThatWasSetLeastRecently() {
        for (int i = 0; i < OverrideHistory.MOST; i++) {
            add("PJSIP/" + i, ALICE, i);
        }
        add("PJSIP/0", BOB, OverrideHistory.MOST);
        add("PJSIP/more", BOB, OverrideHistory.MOST + 1L);

        assertThat(history.of(NodeType.DEVICE_STATE, "PJSIP/0")).hasSize(1);
        assertThat(history.of(NodeType.DEVICE_STATE, "PJSIP/1")).isEmpty();
        assertThat(history.of(NodeType.DEVICE_STATE, "PJSIP/2")).hasSize(1);
    }

    private void add(String device, Account administrator, long atMs) {
        history.add(new EntryOverride(
                new ItemKey(NodeType.DEVICE_STATE, device, EID), DeviceState.INUSE, administrator, atMs));
    }
}
