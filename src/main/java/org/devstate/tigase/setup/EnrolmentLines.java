// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.setup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The lines with which an administrator can add servers.
 *
 * @param admin an account that becomes an administrator; empty if none does
 * @param serverHost where the Asterisk servers find Tigase; empty for the domain
 */
record EnrolmentLines(String admin, String serverHost) {

    static final EnrolmentLines NONE = new EnrolmentLines("", "");

    static final String HOST = "asterisk-server-host";
    static final String PORT = "asterisk-server-port";

    static final String ADMINS = "admins";
    private static final String PORTS = "c2s/connections/ports";
    private static final int USUAL_PORT = 5222;

    EnrolmentLines {
        if ((admin + serverHost).matches("(?s).*['\"\n].*")) {
            throw new IllegalArgumentException(admin + " " + serverHost + " is no account and no name of a server");
        }
    }

    /** Adds them to the other lines of the plugin, for a configuration that has those values. */
    ConfigText addedTo(ConfigText lines, Map<String, Object> values) {
        ConfigText added = lines;
        if (!serverHost.isEmpty()) {
            added = added.insert(PluginLines.PUBSUB, "    '" + HOST + "' = '" + serverHost + "'\n");
        }
        if (!admin.isEmpty() && clientPort(values) != USUAL_PORT) {
            added = added.insert(PluginLines.PUBSUB, "    '" + PORT + "' = " + clientPort(values) + "\n");
        }
        List<String> admins = admins(values);
        if (!admin.isEmpty() && !admins.contains(admin)) {
            admins.add(admin);
            added = added.insert(
                    List.of(), admins.stream().collect(Collectors.joining("', '", ADMINS + " = [ '", "' ]\n")));
        }
        return added;
    }

    private static List<String> admins(Map<String, Object> values) {
        List<String> admins = new ArrayList<>();
        if (values.get(ADMINS) instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            list.forEach(each -> admins.add(each.toString()));
        } else if (values.containsKey(ADMINS)) {
            throw new IllegalStateException("its 'admins' is no list of accounts; change it by hand");
        }
        return admins;
    }

    /** The first port on which Tigase takes clients. */
    static int clientPort(Map<String, Object> values) {
        return values.get(PORTS) instanceof List<?> ports && !ports.isEmpty() && ports.get(0) instanceof Integer first
                ? first
                : USUAL_PORT;
    }
}
