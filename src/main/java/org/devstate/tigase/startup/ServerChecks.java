// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.startup;

import java.util.Collection;
import org.devstate.core.DeviceStateService;

/**
 * The checks of Tigase's settings: of all when the server has started, and later of those that accounts may have outgrown. Sweeps come one
 * after another, on any thread.
 */
public final class ServerChecks {

    /** Of that many sweeps, one also looks at how large the accounts have grown. */
    private static final int SWEEPS_A_CHECK = 12;

    private final ReadinessCheck readiness;
    private final StartupWarnings warnings;
    private int sweeps;

    public ServerChecks(ReadinessCheck readiness, StartupWarnings warnings) {
        this.readiness = readiness;
        this.warnings = warnings;
    }

    /** The server has started. */
    public void serverStarted() {
        readiness.check();
        warnings.give();
    }

    /**
     * Some seconds have gone by. The first check makes up for the start of the server, which is not announced to a bean that was made in a
     * running server.
     */
    public void sweep(Collection<DeviceStateService> services) {
        if (++sweeps % SWEEPS_A_CHECK == 0) {
            serverStarted();
            readiness.checkGrowth(services.stream()
                    .map(service -> service.status().entriesByAccount())
                    .toList());
        }
    }
}
