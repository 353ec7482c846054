// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.operatorlog;

import static org.assertj.core.api.Assertions.assertThat;

import org.devstate.core.model.Eid;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.NodeType;
import org.junit.jupiter.api.Test;

final class NamePatternsTest {

    private final NamePatterns clusters = new NamePatterns();

    private void devices(int many, String start, String end) {
        for (int i = 0; i < many; i++) {
            clusters.add(new ItemKey(NodeType.DEVICE_STATE, start + i + end, new Eid(1)));
        }
    }

    @Test
    void devicesAreCountedByTheirTechnology() {
        devices(10, "PJSIP/", "");
        devices(20, "MulticastRTP/0x7f", "");
        assertThat(clusters.largest()).isEqualTo(new NamePatterns.Cluster("device MulticastRTP/*", 20));
        assertThat(clusters.size()).isEqualTo(30);
    }

    @Test
    void aLongerStartOfNineInTenIsNamed() {
        devices(1, "Custom:lamp", "");
        devices(9, "Custom:call-", "-x");
        assertThat(clusters.largest()).isEqualTo(new NamePatterns.Cluster("device Custom:call-*", 9));
    }

    @Test
    void aShorterStartIsNamedIfFewerHaveTheLonger() {
        devices(2, "Custom:lamp", "");
        devices(9, "Custom:call-", "");
        assertThat(clusters.largest()).isEqualTo(new NamePatterns.Cluster("device Custom:*", 11));
    }

    @Test
    void mailboxesAreCountedByTheirContext() {
        devices(1, "PJSIP/", "");
        for (int i = 0; i < 3; i++) {
            clusters.add(new ItemKey(NodeType.MESSAGE_WAITING, i + "@a*b", new Eid(1)));
        }
        assertThat(clusters.largest()).isEqualTo(new NamePatterns.Cluster("mailbox *@a\\*b", 3));
    }

    @Test
    void namesWithoutPartsHaveNothingInCommon() {
        devices(5, "x", "");
        devices(1, "y/", "");
        assertThat(clusters.largest()).isEqualTo(new NamePatterns.Cluster("device y/*", 1));
    }

    @Test
    void noNamesHaveNothingInCommon() {
        assertThat(clusters.largest()).isNull();
    }

    @Test
    void aSeparatorAtTheEndSeparatesNothing() {
        clusters.add(new ItemKey(NodeType.DEVICE_STATE, "PJSIP/", new Eid(1)));
        assertThat(clusters.largest()).isNull();
    }

    @Test
    void threePartsOfANameAreLookedAt() {
        devices(10, "Local/a-b-c-", "");
        assertThat(clusters.largest()).isEqualTo(new NamePatterns.Cluster("device Local/a-b-*", 10));
    }

    @Test
    void devicesAreNamedUnlessThereAreMoreMailboxes() {
        devices(2, "PJSIP/", "");
        for (int i = 0; i < 2; i++) {
            clusters.add(new ItemKey(NodeType.MESSAGE_WAITING, i + "@default", new Eid(1)));
        }
        assertThat(clusters.largest()).isEqualTo(new NamePatterns.Cluster("device PJSIP/*", 2));
        clusters.add(new ItemKey(NodeType.MESSAGE_WAITING, "3@default", new Eid(1)));
        assertThat(clusters.largest()).isEqualTo(new NamePatterns.Cluster("mailbox *@default", 3));
    }
}
