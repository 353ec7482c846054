// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.servers;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.devstate.testbed.ServerProcess;

/** The heap of another JVM without garbage, from jcmd. */
public final class ServerHeap {

    private ServerHeap() {}

    /** Bytes of all objects that are in use, after a full collection. */
    public static long liveBytes(long pid) {
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        String histogram = ServerProcess.run(
                Path.of("").toAbsolutePath(), Map.of(), List.of(jcmd, Long.toString(pid), "GC.class_histogram"));
        String total = histogram
                .lines()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("jcmd printed no total"));
        return Long.parseLong(total.trim().split("\\s+", -1)[2]);
    }
}
