// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed.cluster;

import static org.devstate.testbed.cluster.Namespaces.ip;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.devstate.testbed.Place;
import org.devstate.testbed.ServerProcess;
import org.devstate.testbed.Wan;

/**
 * The network of a cluster: a namespace for each node and each site, one for the database, and one with the bridges between them.
 *
 * <ul>
 *   <li>{@code clients}: the nodes, the sites, the database, and this JVM, whose only address it is
 *   <li>{@code database}: the nodes and the database
 *   <li>one bridge for each pair of nodes
 * </ul>
 *
 * <p>Each line can be cut by itself. It goes dead without a signal to either end. Needs root and iproute2.
 */
public final class ClusterNetwork implements AutoCloseable {

    /** The name that all nodes have in common: at a site, it has the addresses of all, that of node 1 first. */
    public static final String COMMON_NAME = "xmpp.example.net";

    /** Of this JVM, in which several may be opened at once. */
    private static final Set<String> SUBNETS = ConcurrentHashMap.newKeySet();

    private static final String EVERYWHERE = "0.0.0.0";
    private static final String CLIENT_PORT = "%04X".formatted(5222);
    private static final String CLIENTS = "clients";
    private static final String DATABASE = "database";
    private static final int HERE = 1;
    private static final int DATABASE_HOST = 2;
    private static final int FIRST_NODE = 10;
    private static final int FIRST_SITE = 100;

    private final Namespaces namespaces = new Namespaces();
    private final Path folder;
    private final int nodes;
    private final String subnet;
    private final String bridges;
    private final Map<String, String> namespaceOf = new LinkedHashMap<>();

    private ClusterNetwork(Path folder, int nodes) {
        this.folder = folder.toAbsolutePath();
        this.nodes = nodes;
        this.subnet = freeSubnet();
        this.bridges = namespaces.add("bridges");
    }

    /** Why there can be none here; empty if there can. */
    public static Optional<String> whyNot() {
        return Wan.whyNot();
    }

    /**
     * Makes one that works when this returns.
     *
     * @param folder for the files with the names of the hosts
     * @param nodes from 1; they are named by {@link #name}
     * @param sites from 1, each the place of an Asterisk that is not at a node
     */
    public static ClusterNetwork open(Path folder, int nodes, int sites) {
        ClusterNetwork network = new ClusterNetwork(folder, nodes);
        try {
            network.lay(sites);
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
        return network;
    }

    int nodes() {
        return nodes;
    }

    /** The host name of a node, which it calls itself and the others know it by. */
    public static String name(int node) {
        return "node" + node;
    }

    /** The address at which clients reach a node. */
    public String address(int node) {
        return host(FIRST_NODE + node);
    }

    /** Where a node is; an Asterisk there finds it on the loopback interface. */
    public Place node(int node) {
        return place(name(node), "127.0.0.1", address(node));
    }

    /** Where an Asterisk is that finds a node by that host name or address, such as {@link #COMMON_NAME} or {@link #address}. */
    public Place site(int site, String xmppHost) {
        return place("site" + site, xmppHost, "");
    }

    /** Where the database is. */
    Place database() {
        return place(DATABASE, "", host(DATABASE_HOST));
    }

    /** The address of the database in the bridge of that name, which the nodes use. */
    static String databaseForNodes() {
        return onDatabaseBridge(DATABASE_HOST);
    }

    /** Cuts the line between two nodes; all others go on. */
    public void cut(int one, int other) {
        cut(lineBetween(one, other));
    }

    /** Mends what {@link #cut} cut. */
    public void mend(int one, int other) {
        mend(lineBetween(one, other), pair(one, other));
    }

    /** Cuts the line between a node and the database. */
    public void cutDatabase(int node) {
        cut(port(name(node), DATABASE));
    }

    /** Mends what {@link #cutDatabase} cut. */
    public void mendDatabase(int node) {
        mend(port(name(node), DATABASE), DATABASE);
    }

    /** Cuts the line between a node and all its clients. */
    public void cutClients(int node) {
        cut(port(name(node), CLIENTS));
    }

    /** Mends what {@link #cutClients} cut. */
    public void mendClients(int node) {
        mend(port(name(node), CLIENTS), CLIENTS);
    }

    /** How many connections of the cluster a node has with another node. */
    public int connections(int node, int other) {
        return established(node, hex(onPairBridge(node, other, other)) + ":[0-9A-F]{4} 01 .*");
    }

    /** How many bytes a node has sent to another node and received from it, with all headers, since this was opened. */
    public long bytes(int node, int other) {
        String interfaces = ServerProcess.run(Path.of("/"), Map.of(), node(node).in(List.of("cat", "/proc/net/dev")));
        // Its bytes received, seven other figures, and its bytes sent.
        Matcher line =
                Pattern.compile(name(other) + ": *(\\d+)(?: +\\d+){7} +(\\d+)").matcher(interfaces);
        if (!line.find()) {
            throw new IllegalStateException("no line to " + name(other) + " in: " + interfaces);
        }
        return Long.parseLong(line.group(1)) + Long.parseLong(line.group(2));
    }

    /** How many connections of clients a node has. */
    public int clients(int node) {
        return established(node, ":" + CLIENT_PORT + " [0-9A-F]+:[0-9A-F]{4} 01 .*");
    }

    private int established(int node, String pattern) {
        String connections = ServerProcess.run(
                Path.of("/"), Map.of(), node(node).in(List.of("cat", "/proc/net/tcp", "/proc/net/tcp6")));
        return (int)
                connections.lines().filter(line -> line.matches(".*" + pattern)).count();
    }

    /** As the kernel writes it there. */
    private static String hex(String address) {
        StringBuilder hex = new StringBuilder();
        for (String part : address.split("\\.", -1)) {
            hex.insert(0, "%02X".formatted(Integer.parseInt(part)));
        }
        return hex.toString();
    }

    @Override
    public void close() {
        namespaces.close();
    }

    private void lay(int sites) {
        addBridge(CLIENTS);
        addBridge(DATABASE);
        ip("link", "add", namespaces.interfaceName(), "type", "veth", "peer", "name", "here", "netns", bridges);
        ip("-n", bridges, "link", "set", "here", "master", CLIENTS, "up");
        ip("link", "set", namespaces.interfaceName(), "addrgenmode", "none");
        ip("addr", "add", host(HERE) + "/24", "dev", namespaces.interfaceName());
        ip("link", "set", namespaces.interfaceName(), "up");
        add(DATABASE, DATABASE_HOST);
        connect(DATABASE, DATABASE, databaseForNodes(), DATABASE);
        for (int node = 1; node <= nodes; node++) {
            add(name(node), FIRST_NODE + node);
            connect(name(node), DATABASE, onDatabaseBridge(FIRST_NODE + node), DATABASE);
            for (int other = 1; other < node; other++) {
                addBridge(pair(node, other));
                connect(name(node), name(other), onPairBridge(node, other, node), pair(node, other));
                connect(name(other), name(node), onPairBridge(node, other, other), pair(node, other));
            }
        }
        for (int site = 1; site <= sites; site++) {
            add("site" + site, FIRST_SITE + site);
        }
        for (String host : namespaceOf.keySet()) {
            write(hostsFile(host), String.join("\n", hosts(host)) + "\n");
            write(resolverFile(host), "# no name server\n");
        }
    }

    private void addBridge(String bridge) {
        ip("-n", bridges, "link", "add", bridge, "type", "bridge");
        ip("-n", bridges, "link", "set", bridge, "up");
    }

    private void add(String host, int clientAddress) {
        namespaceOf.put(host, namespaces.add(host));
        connect(host, CLIENTS, host(clientAddress), CLIENTS);
    }

    private void connect(String host, String line, String address, String bridge) {
        String namespace = namespace(host);
        String port = port(host, line);
        ip("-n", bridges, "link", "add", port, "type", "veth", "peer", "name", line, "netns", namespace);
        ip("-n", bridges, "link", "set", port, "master", bridge, "up");
        ip("-n", namespace, "addr", "add", address + "/24", "dev", line);
        ip("-n", namespace, "link", "set", line, "up");
    }

    private void cut(String port) {
        ip("-n", bridges, "link", "set", port, "nomaster");
    }

    private void mend(String port, String bridge) {
        ip("-n", bridges, "link", "set", port, "master", bridge);
    }

    /** The names of the hosts, as a host knows them. */
    private List<String> hosts(String host) {
        List<String> lines = new ArrayList<>(List.of("127.0.0.1 localhost"));
        for (int node = 1; node <= nodes; node++) {
            boolean itself = host.equals(name(node)) || !host.startsWith("node");
            int self = itself ? node : Integer.parseInt(host.substring("node".length()));
            lines.add((itself ? address(node) : onPairBridge(self, node, node)) + " " + name(node));
            lines.add(address(node) + " " + COMMON_NAME);
        }
        return lines;
    }

    private Place place(String host, String xmppHost, String reachedAt) {
        String mount = "mount --bind '%s' /etc/hosts && mount --bind '%s' /etc/resolv.conf && exec \"$@\""
                .formatted(hostsFile(host), resolverFile(host));
        return new Place(
                List.of("ip", "netns", "exec", namespace(host), "sh", "-c", mount, "sh"),
                EVERYWHERE,
                xmppHost,
                "",
                reachedAt);
    }

    private String namespace(String host) {
        return Objects.requireNonNull(namespaceOf.get(host), host);
    }

    private Path hostsFile(String host) {
        return folder.resolve(host + ".hosts");
    }

    private Path resolverFile(String host) {
        return folder.resolve(host + ".resolv.conf");
    }

    /** The end of a line of a host's in the namespace with the bridges; cut there, neither end sees its link go down. */
    private static String port(String host, String line) {
        return host + "-"
                + line.replace("clients", "cl").replace("database", "db").replace("node", "n");
    }

    private static String lineBetween(int one, int other) {
        return port(name(one), name(other));
    }

    private static String pair(int one, int other) {
        return "pair" + Math.min(one, other) + Math.max(one, other);
    }

    private static String onPairBridge(int one, int other, int whose) {
        return "10.77." + Math.min(one, other) + Math.max(one, other) + "." + whose;
    }

    private static String onDatabaseBridge(int number) {
        return "10.77.100." + number;
    }

    private String host(int number) {
        return subnet + number;
    }

    /** The first 24 bits of addresses of the range for tests of devices (RFC 2544) that no interface of this machine has. */
    private static String freeSubnet() {
        String taken = ip("-o", "-4", "addr", "show");
        for (int i = 0; i < 256; i++) {
            String candidate = "198.18." + (ProcessHandle.current().pid() + i) % 256 + ".";
            if (!taken.contains(" " + candidate) && SUBNETS.add(candidate)) {
                return candidate;
            }
        }
        throw new IllegalStateException("all of 198.18.0.0/16 is taken here");
    }

    private static void write(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
