package org.devstate.tigase.services;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.devstate.tigase.startup.TigaseInspection;
import org.jspecify.annotations.Nullable;
import tigase.vhosts.VHostManagerIfc;
import tigase.xmpp.jid.JID;

/**
 * The addresses of this server's services: one for each virtual host, behind the name of the component. Thread-safe.
 *
 * @param component the component's name
 * @param hosts knows the virtual hosts; not there before Tigase has put the component together
 * @param isLocal whether a domain is one of them
 */
public record ServiceAddresses(
        Supplier<String> component, Supplier<@Nullable VHostManagerIfc> hosts, Predicate<String> isLocal) {

    /** Tigase's name, among these, for the settings of all virtual hosts. */
    private static final String ALL_VIRTUAL_HOSTS = "default";

    /** All of them. */
    public List<String> all() {
        return domains().stream().map(host -> prefix() + host).toList();
    }

    private List<String> domains() {
        VHostManagerIfc manager = hosts.get();
        return manager == null
                ? List.of()
                : manager.getAllVHosts().stream()
                        .map(JID::getDomain)
                        .filter(host -> !host.equals(ALL_VIRTUAL_HOSTS))
                        .toList();
    }

    /** The virtual hosts on which anyone can register an account, if Tigase offers that at all. */
    public List<String> openDomains() {
        VHostManagerIfc manager = hosts.get();
        return manager == null || !TigaseInspection.registersAnybody()
                ? List.of()
                : domains().stream()
                        .filter(host -> manager.getVHostItem(host).isRegisterEnabled())
                        .toList();
    }

    /** Whether {@code address} is one. */
    public boolean has(String address) {
        return address.startsWith(prefix()) && isLocal.test(address.substring(prefix().length()));
    }

    private String prefix() {
        return component.get() + ".";
    }
}
