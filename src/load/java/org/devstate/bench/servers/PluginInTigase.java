// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.servers;

import java.nio.file.Path;
import org.devstate.testbed.Tigase;

/** Tigase with the plugin. */
public final class PluginInTigase extends OnTigase {

    private PluginInTigase(Tigase tigase) {
        super(tigase);
    }

    public static PluginInTigase start(Path home, Path folder) {
        return new PluginInTigase(Tigase.start(home, folder, Sites.SETUP));
    }

    @Override
    public String title() {
        return "plugin in Tigase";
    }

    @Override
    public boolean isOurs() {
        return true;
    }

    @Override
    public long heapPid() {
        return pids().get(0);
    }
}
