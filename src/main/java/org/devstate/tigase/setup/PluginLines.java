// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.setup;

import java.util.List;
import java.util.stream.Collectors;
import org.devstate.tigase.DeviceStatePubSub;

/**
 * The lines that the plugin needs in Tigase's configuration: to add them, and to show them to an administrator who adds them by hand.
 */
final class PluginLines {

    static final String CLASS = DeviceStatePubSub.class.getName();
    static final List<String> PUBSUB = List.of("pubsub");

    private PluginLines() {}

    /** @param accounts globs of accounts to admit; if there are none, the lines name none */
    static ConfigText with(List<String> accounts) {
        return new ConfigText(
                """
                'max-queue-size' = 100000
                pubsub (class: %s, active: true) {%s}
                c2s () {
                    'asterisk-gate' (active: true) {}
                    trafficThrottling = 'xmpp:400k:0:disc,bin:400m:0:disc'
                    'socket-buffer-size' = 65536
                    'watchdog-delay' = 30000
                    'watchdog-timeout' = 60000
                    seeOtherHost {}
                }
                """
                        .formatted(CLASS, accounts.isEmpty() ? "" : "\n" + line(accounts)));
    }

    /** @throws IllegalArgumentException if an account would end the quotes around it */
    private static String line(List<String> accounts) {
        accounts.stream().filter(account -> account.matches("(?s).*['\"\n].*")).forEach(account -> {
            throw new IllegalArgumentException(account + " is not a glob of accounts");
        });
        return accounts.stream().collect(Collectors.joining("', '", "    'asterisk-accounts' = [ '", "' ]\n"));
    }
}
