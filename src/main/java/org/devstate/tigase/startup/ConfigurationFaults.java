// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.startup;

import java.util.ArrayList;
import java.util.List;
import tigase.sys.TigaseRuntime;

/** The errors in the configuration that the server would start with; they stop it, all at once. Thread-safe. */
public final class ConfigurationFaults {

    private volatile List<String> invalid = List.of();

    /** The keys of the configuration that nothing would be made of. */
    private volatile List<String> misspelt = List.of();

    /** Replaces the settings that are invalid. */
    public void setInvalid(List<String> faults) {
        invalid = faults;
    }

    /** Replaces the keys that are unknown. */
    public void setMisspelt(List<String> faults) {
        misspelt = faults;
    }

    /** Stops the server if there are any. */
    public void stopTheServerIfAny() {
        if (!invalid.isEmpty() || !misspelt.isEmpty()) {
            stopTheServer(invalid);
        }
    }

    /** Stops the server because of {@code faults}, and names the unknown keys, too. */
    public void stopTheServer(List<String> faults) {
        List<String> lines = new ArrayList<>(List.of("ERROR! tigase-devstate cannot start. In etc/config.tdsl:"));
        lines.addAll(faults);
        lines.addAll(misspelt);
        TigaseRuntime.getTigaseRuntime().shutdownTigase(lines.toArray(new String[0]));
    }
}
