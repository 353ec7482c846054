// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ItemKeyTest {

    private static final ItemKey KEY = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/100", new Eid(1));

    @Test
    void keysAreEqualIfAllTheirPartsAre() {
        ItemKey same = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/100x".substring(0, 9), new Eid(1));
        assertThat(same).isEqualTo(KEY).hasSameHashCodeAs(KEY);
    }

    @Test
    void keysThatDifferInOnePartAreDifferent() {
        ItemKey node = new ItemKey(NodeType.MESSAGE_WAITING, "PJSIP/100", new Eid(1));
        ItemKey id = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/101", new Eid(1));
        ItemKey eid = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/100", new Eid(2));
        assertThat(KEY).isNotEqualTo(node).isNotEqualTo(id).isNotEqualTo(eid).isNotEqualTo("PJSIP/100");
        assertThat(node.hashCode()).isNotEqualTo(KEY.hashCode());
        assertThat(id.hashCode()).isNotEqualTo(KEY.hashCode());
        assertThat(eid.hashCode()).isNotEqualTo(KEY.hashCode());
    }

    /** So that everything that depends on it is reproducible. */
    @Test
    void theHashIsTheSameInEveryVirtualMachine() {
        assertThat(KEY.hashCode()).isEqualTo(31 * (31 * "PJSIP/100".hashCode() + 1));
    }
}
