// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class MailboxCountsTest {

    @Test
    void countsReachFromNoneToTheHighest() {
        assertThat(new MailboxCounts(0, MailboxCounts.MAX)).isEqualTo(new MailboxCounts(0, 999_999));
        assertThat(new MailboxCounts(MailboxCounts.MAX, 0)).isEqualTo(new MailboxCounts(999_999, 0));
    }

    @Test
    void aCountOutOfRangeIsRejectedByName() {
        assertThatThrownBy(() -> new MailboxCounts(-1, 0)).hasMessageContainingAll("newMessages", "-1");
        assertThatThrownBy(() -> new MailboxCounts(1_000_000, 0)).hasMessageContainingAll("newMessages", "1000000");
        assertThatThrownBy(() -> new MailboxCounts(0, -1)).hasMessageContainingAll("oldMessages", "-1");
        assertThatThrownBy(() -> new MailboxCounts(0, 1_000_000)).hasMessageContainingAll("oldMessages", "1000000");
    }
}
