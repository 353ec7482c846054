// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.services;

import java.util.List;
import org.devstate.tigase.startup.TigaseInspection;
import org.jspecify.annotations.Nullable;
import tigase.server.BasicComponent;
import tigase.vhosts.VHostManagerIfc;
import tigase.xmpp.jid.JID;

/**
 * The addresses of this server's services: one for each virtual host, behind the name of the component. Thread-safe.
 *
 * @param component has the name, and knows whether a domain is one of the virtual hosts
 * @param hosts knows the virtual hosts
 */
public record ServiceAddresses(BasicComponent component, VirtualHostSource hosts) {

    /** Has the manager of the virtual hosts. */
    @FunctionalInterface
    public interface VirtualHostSource {

        /** Returns it; {@code null} before Tigase has put the component together. */
        @Nullable
        VHostManagerIfc manager();
    }

    /** Tigase's name, among these, for the settings of all virtual hosts. */
    private static final String ALL_VIRTUAL_HOSTS = "default";

    /** All of them. */
    public List<String> all() {
        return domains().stream().map(host -> prefix() + host).toList();
    }

    private List<String> domains() {
        VHostManagerIfc manager = hosts.manager();
        return manager == null
                ? List.of()
                : manager.getAllVHosts().stream()
                        .map(JID::getDomain)
                        .filter(host -> !host.equals(ALL_VIRTUAL_HOSTS))
                        .toList();
    }

    /** The virtual hosts on which anyone can register an account, if Tigase offers that at all. */
    public List<String> openDomains() {
        VHostManagerIfc manager = hosts.manager();
        return manager == null || !TigaseInspection.registersAnybody()
                ? List.of()
                : domains().stream()
                        .filter(host -> manager.getVHostItem(host).isRegisterEnabled())
                        .toList();
    }

    /** Whether {@code address} is one. */
    public boolean has(String address) {
        return address.startsWith(prefix()) && component.isLocalDomain(address.substring(prefix().length()));
    }

    private String prefix() {
        return component.getName() + ".";
    }
}
