// SPDX-License-Identifier: Apache-2.0
package org.devstate.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.devstate.core.store.Change;
import org.devstate.core.store.Contents;
import org.devstate.core.store.Store;
import org.devstate.core.store.StoreException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ReportedStoreTest {

    private static final List<Change> CHANGES = List.of(new Change.PolicyText("one"));

    private final List<String> log = new ArrayList<>();
    private @Nullable Exception fault;
    private final ReportedStore store = new ReportedStore(
            new Store() {
                @Override
                public Contents load() {
                    return Contents.CLOSED;
                }

                @Override
                public void write(List<Change> changes) throws StoreException {
                    if (fault instanceof StoreException expected) {
                        throw expected;
                    } else if (fault instanceof RuntimeException whim) {
                        throw whim;
                    }
                }
            },
            line -> log.add("warning " + line),
            line -> log.add("news " + line));

    @Test
    void aWorkingStoreIsNotReported() throws StoreException {
        store.write(CHANGES);
        assertThat(log).isEmpty();
        assertThat(store.load()).isEqualTo(Contents.CLOSED);
    }

    @Test
    void eachFailureIsReportedOnceAndThenTheRecovery() throws StoreException {
        fail(new StoreException("the disk is full", null));
        fail(new StoreException("the disk is full", null));
        fail(new IllegalStateException("a driver's whim"));
        fault = null;
        store.write(CHANGES);
        store.write(CHANGES);
        fail(new StoreException("the disk is full", null));

        assertThat(log).hasSize(4);
        assertThat(log.get(0)).startsWith("warning").contains("the disk is full");
        assertThat(log.get(1)).startsWith("warning").contains("a driver's whim");
        assertThat(log.get(2)).startsWith("news");
        assertThat(log.get(3)).startsWith("warning").contains("the disk is full");
    }

    private void fail(Exception why) {
        fault = why;
        assertThatThrownBy(() -> store.write(CHANGES)).isSameAs(why);
    }
}
