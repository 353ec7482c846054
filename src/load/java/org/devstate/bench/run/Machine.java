// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.run;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.devstate.testbed.ServerProcess;

/** The machine of a run. Stateless. */
final class Machine {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Machine() {}

    static Map<String, Object> describe() {
        Map<String, Object> machine = new LinkedHashMap<>();
        machine.put("processors", SYSTEM.getAvailableProcessors());
        machine.put("memoryMb", SYSTEM.getTotalMemorySize() >> 20);
        machine.put("kernel", System.getProperty("os.name") + ' ' + System.getProperty("os.version"));
        machine.put("java", System.getProperty("java.vm.name") + ' ' + System.getProperty("java.vm.version"));
        machine.put("commit", commit());
        return machine;
    }

    /** Processes that ran, or wanted to, about the last minute. */
    static double load() {
        return SYSTEM.getSystemLoadAverage();
    }

    private static String commit() {
        try {
            return ServerProcess.run(
                            Path.of("").toAbsolutePath(), Map.of(), List.of("git", "describe", "--always", "--dirty"))
                    .strip();
        } catch (RuntimeException e) {
            return "unknown";
        }
    }
}
