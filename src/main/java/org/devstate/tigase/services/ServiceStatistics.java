// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.services;

import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import org.devstate.core.DeviceStateService;
import org.devstate.core.admin.operations.ClusterNodes;
import org.devstate.core.admin.operations.History.Count;
import org.devstate.core.stats.Load;
import tigase.stats.StatisticsList;

/**
 * The figures of the services as statistics of Tigase. Level INFO, which dashboards read, has the totals and the figures of each site;
 * FINE has all counters of each service, and FINER the reasons of rejections. administration.md lists the names. Tigase leaves out zeros, and
 * reads all down to FINER every ten seconds: no entry is looked at for that.
 */
@SuppressWarnings("deprecation") // Tigase has nothing else yet
public final class ServiceStatistics {

    private static final String PREFIX = "device-states/";
    private static final String DEEPEST = "deepest-queue";
    private static final String REJECTED = "rejected-";

    /** The figures that are summed over all services. */
    private static final List<String> TOTALS = List.of(
            "entries",
            "subscribers",
            "not-subscribed",
            "queued",
            "changes",
            "sent",
            "dropped",
            "lost",
            "store-pending",
            "store-failures");

    /** The counters that are rejections, besides malformed publishes. */
    private static final Set<String> REJECTIONS =
            Set.of("forbidden", "foreign-eid", "eids-full", "entries-full", "stanzas-too-long", "subscriptions-full");

    private final StatisticsList list;
    private final String component;

    private ServiceStatistics(StatisticsList list, String component) {
        this.list = list;
        this.component = component;
    }

    /** Adds those of {@code services} to the statistics of the component of that name. */
    public static void add(StatisticsList list, String component, List<DeviceStateService> services) {
        if (list.checkLevel(Level.INFO)) {
            new ServiceStatistics(list, component).add(services);
        }
    }

    private void add(List<DeviceStateService> services) {
        List<List<Count>> counts = services.stream()
                .map(service -> service.administration().history().counts())
                .toList();
        addTotals(counts.stream().flatMap(List::stream).toList());
        for (int i = 0; i < services.size(); i++) {
            String prefix = PREFIX + services.get(i).address() + "/";
            services.get(i)
                    .status()
                    .sites()
                    .forEach(site -> addSite(prefix + "site/" + site.site() + "/", site.load()));
            services.get(i).administration().nodes().all().forEach(node -> addNode(prefix, node));
            if (list.checkLevel(Level.FINE)) {
                counts.get(i).forEach(count -> addCount(prefix, count));
            }
        }
    }

    private void addTotals(List<Count> counts) {
        for (String name : TOTALS) {
            add(
                    PREFIX + name,
                    sum(counts.stream()
                            .filter(count -> count.name().equals(name))
                            .toList()),
                    Level.INFO);
        }
        long deepest = counts.stream()
                .filter(count -> count.name().equals(DEEPEST))
                .mapToLong(Count::value)
                .max()
                .orElse(0);
        add(PREFIX + DEEPEST, deepest, Level.INFO);
        add(
                PREFIX + "rejected",
                sum(counts.stream().filter(ServiceStatistics::isRejection).toList()),
                Level.INFO);
    }

    private static boolean isRejection(Count count) {
        return REJECTIONS.contains(count.name()) || count.name().startsWith(REJECTED);
    }

    private static long sum(List<Count> counts) {
        return counts.stream().mapToLong(Count::value).sum();
    }

    private void addSite(String prefix, Load site) {
        add(prefix + "online", site.online(), Level.INFO);
        add(prefix + "not-subscribed", site.unsubscribed(), Level.INFO);
        add(prefix + "entries", site.entries(), Level.INFO);
        list.add(component, prefix + "publishes-per-s", (float) site.traffic().publishRate(), Level.INFO);
        list.add(
                component,
                prefix + "notifications-per-s",
                (float) site.traffic().notificationRate(),
                Level.INFO);
        add(prefix + "lag-ms", site.traffic().lagMs(), Level.INFO);
    }

    private void addNode(String prefix, ClusterNodes.ClusterNode node) {
        if (node.state() != ClusterNodes.NodeState.THIS) {
            String name = prefix + "node/" + node.name() + "/";
            add(name + "lost", node.state() == ClusterNodes.NodeState.LOST ? 1 : 0, Level.INFO);
            add(name + "pending", node.exchange().pending(), Level.INFO);
            add(name + "lag-ms", node.exchange().lagMs(), Level.INFO);
        }
    }

    private void addCount(String prefix, Count count) {
        add(prefix + count.name(), count.value(), count.name().startsWith(REJECTED) ? Level.FINER : Level.FINE);
    }

    private void add(String name, long value, Level level) {
        list.add(component, name, value, level);
    }
}
