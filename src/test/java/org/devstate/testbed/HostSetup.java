package org.devstate.testbed;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a host is configured, where it is not as usual.
 *
 * @param limits other limits than the default ones, by their names in the configuration
 * @param policy the sites; empty for one site of all the accounts {@code pbx*}
 */
public record HostSetup(Map<String, Integer> limits, String policy) {

    /** As usual. */
    public static final HostSetup USUAL = new HostSetup(Map.of(), "");

    /** With those limits. */
    public static HostSetup limited(Map<String, Integer> limits) {
        return new HostSetup(limits, "");
    }

    /** With those sites. */
    public static HostSetup governed(String policy) {
        return new HostSetup(Map.of(), policy);
    }

    /** Who is let in, and how long they may be away, as the component's configuration says it. */
    String inHocon() {
        return policy.isEmpty()
                ? "accounts = [ \"pbx*@%s\" ]%ngrace = 5s%n".formatted(XmppServer.DOMAIN)
                : "policy = \"\"\"%n%s\"\"\"%n".formatted(policy);
    }

    /** The same as config.tdsl says it. */
    String inTdsl() {
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
