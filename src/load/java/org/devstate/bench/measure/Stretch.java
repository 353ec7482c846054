// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.measure;

import org.devstate.bench.load.ClientGroup;
import org.devstate.bench.load.Flood;
import org.devstate.bench.load.Tally;
import org.devstate.bench.servers.CpuTime;

/**
 * A stretch of time in which the publishers of a group published as fast as they were answered.
 *
 * @param begin of the flood, before it was under way
 * @param before the stretch
 * @param after it, when the flood was stopped
 * @param cpu the processor time within it
 */
record Stretch(Tally begin, Tally before, Tally after, CpuTime cpu) {

    /** Has them publish; {@code underWay} of each are not answered yet at any time. */
    static Stretch of(Arena arena, ClientGroup group, int underWay) {
        Flood flood = new Flood(group, underWay);
        Tally begin = Tally.of(group);
        flood.start();
        Arena.pause(arena.scale().warmUpSeconds());
        Tally before = Tally.of(group);
        CpuTime cpuBefore = CpuTime.of(arena.server().pids());
        Arena.pause(arena.scale().seconds());
        Tally after = Tally.of(group);
        CpuTime cpu = CpuTime.of(arena.server().pids()).since(cpuBefore);
        flood.stop();
        return new Stretch(begin, before, after, cpu);
    }

    double answeredPerSecond() {
        return after.answeredPerSecond(before);
    }

    double receivedPerSecond() {
        return after.receivedPerSecond(before);
    }

    double serverMicrosAPublish() {
        return cpu.serverNanos() / 1e3 / Math.max(1, after.answered() - before.answered());
    }

    double serverCores() {
        return cpu.serverNanos() / 1e9 / after.secondsSince(before);
    }

    double generatorCores() {
        return cpu.loadNanos() / 1e9 / after.secondsSince(before);
    }
}
