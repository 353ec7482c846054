// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.servers;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;

/**
 * Processor time up to a moment: of the servers, as /proc/PID/stat has it (utime and stime), and of this process, which makes the load.
 *
 * @param serverNanos to 10 ms
 */
public record CpuTime(long serverNanos, long loadNanos) {

    public static CpuTime of(List<Long> pids) {
        long server = pids.stream()
                .flatMap(pid -> ProcessHandle.of(pid).stream())
                .mapToLong(process ->
                        process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos())
                .sum();
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new CpuTime(server, system.getProcessCpuTime());
    }

    public CpuTime since(CpuTime before) {
        return new CpuTime(serverNanos - before.serverNanos, loadNanos - before.loadNanos);
    }
}
