// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.startup;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.devstate.tigase.gate.AsteriskGate;
import org.jspecify.annotations.Nullable;
import tigase.kernel.BeanUtils;
import tigase.server.XMPPServer;

/** Reads the settings of Tigase's components from their fields, as Tigase's own configurator does. Thread-safe. */
public final class TigaseInspection {

    private static final String CLIENTS = "c2s";
    private static final String SESSIONS = "sess-man";
    private static final String REGISTRATION = "jabber:iq:register";

    /** PluginSettings by which only some can register. */
    private static final List<String> LIMITED_BY = List.of("signedFormRequired", "whitelistRegistrationOnly");

    private TigaseInspection() {}

    /**
     * The settings in force; {@code null} if no clients connect to this Tigase. To be called once the server has started.
     *
     * @throws IllegalStateException if a setting is missing, as in another release
     */
    public static @Nullable TigaseSettings look() {
        Object clients = XMPPServer.getComponent(CLIENTS);
        if (clients == null) {
            return null;
        }
        Throttle throttle = new Throttle(
                number(clients, "last_minute_packets_limit"),
                number(clients, "last_minute_bin_limit"),
                number(clients, "total_packets_limit"),
                number(clients, "total_bin_limit"));
        long watchdogMs = number(clients, "watchdogDelay") + number(clients, "watchdogTimeout");
        return new TigaseSettings(hasGate(clients), throttle, watchdogMs, queueSizes());
    }

    private static boolean hasGate(Object clients) {
        return read(clients, "processors") instanceof Object[] processors
                && Arrays.stream(processors).anyMatch(AsteriskGate.class::isInstance);
    }

    /** The queue sizes of the components on the way of a state. */
    private static Map<String, Integer> queueSizes() {
        Map<String, Integer> sizes = new TreeMap<>();
        for (String name : new String[] {CLIENTS, "message-router", SESSIONS, "pubsub"}) {
            Object component = XMPPServer.getComponent(name);
            if (component != null) {
                sizes.put(name, (int) number(component, "maxQueueSize"));
            }
        }
        return sizes;
    }

    /** How c2s checks a silent connection; {@code null} if no clients connect to this Tigase, or it has no such setting. */
    static @Nullable Object watchdogPingType() {
        Object clients = XMPPServer.getComponent(CLIENTS);
        return clients == null ? null : readOrNull(clients, "watchdogPingType");
    }

    /** Whether anyone can register an account (XEP-0077), if the virtual host allows it. */
    public static boolean registersAnybody() {
        Object sessions = XMPPServer.getComponent(SESSIONS);
        Object processors = sessions == null ? null : readOrNull(sessions, "processors");
        Object registration = processors instanceof Map<?, ?> map ? map.get(REGISTRATION) : null;
        return registration != null
                && LIMITED_BY.stream().noneMatch(limit -> Boolean.TRUE.equals(readOrNull(registration, limit)));
    }

    private static long number(Object component, String name) {
        if (read(component, name) instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalStateException(name + " is no number");
    }

    private static @Nullable Object read(Object component, String name) {
        for (Field field : BeanUtils.getAllFields(component.getClass())) {
            if (field.getName().equals(name)) {
                try {
                    return BeanUtils.getValue(component, field);
                } catch (IllegalAccessException | InvocationTargetException e) {
                    throw new IllegalStateException(name + " cannot be read", e);
                }
            }
        }
        throw new IllegalStateException("there is no " + name);
    }

    /** A setting, or another field of a component; {@code null} if it has none of that name. */
    public static @Nullable Object readOrNull(Object component, String name) {
        try {
            return read(component, name);
        } catch (IllegalStateException e) {
            return null;
        }
    }
}
