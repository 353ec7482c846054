// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench;

import org.devstate.core.limits.Quota;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Publication;
import org.devstate.core.state.StateTable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** The table of entries, alone: a change of a known key, and a repetition, among a hundred thousand. */
@State(Scope.Benchmark)
public class TableBenchmark {

    private static final int KEYS = 100_000;

    private final StateTable table = new StateTable(new Quota(KEYS));
    private final Jid publisher = Bench.server(0);
    private final ItemKey[] keys = new ItemKey[KEYS];
    private int next;
    private DeviceState state = DeviceState.INUSE;

    @Setup
    public void setUp() {
        for (int i = 0; i < KEYS; i++) {
            keys[i] = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/" + i, new Eid(1));
            table.put(new Publication(keys[i], DeviceState.NOT_INUSE, publisher, 1, 0), entry -> {});
        }
    }

    @Benchmark
    public StateTable.StoreOutcome update(Blackhole blackhole) {
        if (++next == KEYS) {
            next = 0;
            state = state == DeviceState.INUSE ? DeviceState.BUSY : DeviceState.INUSE;
        }
        return table.put(new Publication(keys[next], state, publisher, 1, 0), blackhole::consume);
    }

    @Benchmark
    public StateTable.StoreOutcome repeat(Blackhole blackhole) {
        next = next + 1 == KEYS ? 0 : next + 1;
        Entry known = table.get(keys[next]);
        if (known == null) {
            throw new IllegalStateException("lost");
        }
        return table.put(new Publication(keys[next], known.value(), publisher, 1, 0), blackhole::consume);
    }

    @TearDown
    public void noneWasLost() {
        if (table.size() != KEYS) {
            throw new IllegalStateException(table.size() + " entries");
        }
    }
}
