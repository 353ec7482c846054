// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.servers;

import java.nio.file.Path;
import org.devstate.testbed.Tigase;

/** Tigase with the plugin. */
public final class PluginInTigase extends OnTigase {

    private final String title;

    private PluginInTigase(Tigase tigase, String title) {
        super(tigase);
        this.title = title;
    }

    /** With the plugin that was built. */
    public static PluginInTigase start(Path home, Path folder) {
        return new PluginInTigase(Tigase.start(home, folder, Sites.SETUP), "plugin in Tigase");
    }

    /** With the plugin in {@code jar}, another version of it. */
    public static PluginInTigase startOther(Path home, Path folder, Path jar) {
        return new PluginInTigase(Tigase.startWithPlugin(jar, home, folder, Sites.SETUP), "plugin before");
    }

    @Override
    public String title() {
        return title;
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
