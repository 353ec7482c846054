// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The settings of a host that differ from the usual ones.
 *
 * @param limits other limits than the default ones, by their names in the configuration
 * @param policy the sites; empty for one site of all the accounts {@code pbx*}
 * @param database the address of Tigase's database; empty for an embedded one
 * @param tables whether our tables are made in Tigase's database
 * @param tigaseSettings the admitted accounts and all other settings of the plugin's bean, as in config.tdsl; empty for those of the
 *     other parameters
 */
public record HostSetup(
        Map<String, Integer> limits, String policy, String database, boolean tables, String tigaseSettings) {

    /** As usual. */
    public static final HostSetup USUAL = new HostSetup(Map.of(), "", "", true, "");

    /** With those limits. */
    public static HostSetup limited(Map<String, Integer> limits) {
        return new HostSetup(limits, "", "", true, "");
    }

    /** With those sites. */
    public static HostSetup governed(String policy) {
        return new HostSetup(Map.of(), policy, "", true, "");
    }

    /** In that database, Tigase's own tables included. */
    public static HostSetup in(String database) {
        return new HostSetup(Map.of(), "", database, true, "");
    }

    /** The same in that database. */
    public HostSetup withDatabase(String address) {
        return new HostSetup(limits, policy, address, tables, tigaseSettings);
    }

    /** As if the administrator had forgotten to make our tables. */
    public static HostSetup withoutTables() {
        return new HostSetup(Map.of(), "", "", false, "");
    }

    /** With those settings of the plugin's, and no others. */
    public static HostSetup inTigase(String settings) {
        return new HostSetup(Map.of(), "", "", true, settings);
    }

    /** The admitted accounts and their lease terms, as in the component's configuration. */
    String inHocon() {
        return policy.isEmpty()
                ? "accounts = [ \"pbx*@%s\" ]%ngrace = 5s%n".formatted(XmppServer.DOMAIN)
                : "policy = \"\"\"%n%s\"\"\"%n".formatted(policy);
    }

    /** The same as in config.tdsl. */
    String inTdsl() {
        if (!tigaseSettings.isEmpty()) {
            return tigaseSettings;
        }
        return policy.isEmpty()
                ? "'asterisk-accounts' = [ 'pbx*@%s' ]%n'grace' = 5%n".formatted(XmppServer.DOMAIN)
                : policy.lines().map(line -> "'" + line + "'").collect(Collectors.joining(", ", "'policy' = [ ", " ]"));
    }

    /** A setting for each limit. */
    List<String> limitsAs(String format) {
        return limits.entrySet().stream()
                .map(limit -> format.formatted(limit.getKey(), limit.getValue()))
                .toList();
    }
}
