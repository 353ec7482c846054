// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.settings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.devstate.core.model.Jid;
import org.devstate.core.policy.Policy;
import org.devstate.core.policy.text.PolicyParser;

/**
 * The settings of the services of several virtual hosts, and which of them share one service.
 *
 * @param policies the sites of single services, by their addresses; the others have those of the configuration
 * @param shared the addresses of one service, which is known by the first; all others have a service each. Empty for none
 */
public record VirtualHosts(Map<String, Policy> policies, List<String> shared) {

    /** Each has a service, and all have the same sites in the configuration. */
    public static final VirtualHosts ALIKE = new VirtualHosts(Map.of(), List.of());

    public VirtualHosts {
        policies = Map.copyOf(policies);
        shared = List.copyOf(shared);
    }

    /**
     * Reads those settings.
     *
     * @param wrong takes a line for each error
     */
    public static VirtualHosts read(Map<String, String[]> policies, String[] shared, List<String> wrong) {
        List<String> sharing = new ArrayList<>();
        for (String address : shared) {
            sharing.add(address(address, "shared-services", wrong));
        }
        if (sharing.size() == 1) {
            wrong.add("pubsub 'shared-services': one service has nothing to share; name two or more, or none");
        }
        Map<String, Policy> own = new HashMap<>();
        policies.forEach((written, lines) -> {
            String address = address(written, "policies", wrong);
            if (sharing.indexOf(address) > 0) {
                wrong.add("pubsub 'policies': '" + address + "' shares the service of '" + sharing.get(0)
                        + "'; give the sites to that one");
            }
            own.put(address, policy(address, lines, wrong));
        });
        return new VirtualHosts(own, sharing);
    }

    private static String address(String written, String setting, List<String> wrong) {
        String address = written.trim().toLowerCase(Locale.ROOT);
        if (address.isEmpty() || !address.matches("[^@/\\s]+")) {
            wrong.add("pubsub '" + setting + "': '" + written
                    + "' is not the address of a service, such as 'pubsub.example.net'");
        }
        return address;
    }

    private static Policy policy(String address, String[] lines, List<String> wrong) {
        PolicyParser.ParseResult read = PolicyParser.parse(String.join("\n", lines));
        if (read instanceof PolicyParser.ParseResult.InvalidPolicy faulty) {
            faulty.faults().forEach(fault -> wrong.add("pubsub 'policies' of '" + address + "': " + fault));
        }
        return read instanceof PolicyParser.ParseResult.Read right ? right.policy() : Policy.CLOSED;
    }

    /** The address that the service at {@code address} is known by. */
    public String mainOf(String address) {
        return shared.contains(address) ? shared.get(0) : address;
    }

    /** The other addresses of the service that is known by {@code main}. */
    public List<Jid> furtherOf(String main) {
        return !shared.isEmpty() && shared.get(0).equals(main)
                ? shared.stream().skip(1).map(Jid::of).toList()
                : List.of();
    }
}
