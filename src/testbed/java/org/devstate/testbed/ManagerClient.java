// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads all events of an Asterisk's manager interface, so that it has to write them, and remembers the last ones of devices and mailboxes. Sends
 * actions. Thread-safe.
 */
public final class ManagerClient implements AutoCloseable {

    static final String USER = "watch";

    /**
     * The user that is sent device states alone. Asterisk writes each event by itself, and TCP holds the later ones of a change back until the
     * first one is acknowledged, which takes 40 ms.
     */
    static final String STATES_ONLY = "states";

    /** Of an Asterisk that has ended. */
    static final ManagerClient NONE = new ManagerClient(new Socket());

    /** Learns of device states; called by the thread that reads. */
    @FunctionalInterface
    public interface StateListener {

        /** The aggregated state of a device is {@code state}, such as {@code INUSE}. */
        void changed(String device, String state);
    }

    private final Socket socket;
    private final Map<String, String> states = new ConcurrentHashMap<>();
    private final Queue<String> hintStates = new ConcurrentLinkedQueue<>();
    private volatile long events;
    private volatile StateListener listener = (device, state) -> {};

    private ManagerClient(Socket socket) {
        this.socket = socket;
    }

    /** Logs in at that port, with the user's name as the secret; {@code null} if it is closed. */
    static @Nullable ManagerClient login(String host, int port, String user) {
        try {
            Socket socket = new Socket(host, port);
            socket.setTcpNoDelay(true);
            ManagerClient client = new ManagerClient(socket);
            client.send("Login", "Username: " + user, "Secret: " + user, "Events: on");
            Thread thread = new Thread(client::readEvents, "manager-" + port);
            thread.setDaemon(true);
            thread.start();
            return client;
        } catch (ConnectException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void send(String action, String... headers) throws IOException {
        write(action(action, headers));
    }

    private synchronized void write(String actions) throws IOException {
        socket.getOutputStream().write(actions.getBytes(StandardCharsets.UTF_8));
    }

    private static String action(String name, String... headers) {
        return "Action: " + name + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
    }

    /** Sets a custom device, such as {@code Custom:1}; does not wait for the answer. */
    public void setDeviceState(String device, String state) {
        setDeviceStates(List.of(device), state);
    }

    /** The same for many, in one go. */
    public void setDeviceStates(Collection<String> devices, String state) {
        StringBuilder actions = new StringBuilder();
        for (String device : devices) {
            actions.append(action("Setvar", "Variable: DEVICE_STATE(" + device + ")", "Value: " + state));
        }
        try {
            write(actions.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Tells {@code given}, and no listener before it, of each device state from now on. */
    public void setListener(StateListener given) {
        listener = given;
    }

    /** How many events have come. */
    public long events() {
        return events;
    }

    /** The aggregated state of a device, as the last event has it; empty if there was none. */
    public String state(String device) {
        return states.getOrDefault("DeviceStateChange " + device, "");
    }

    /** The states that the hints on that device have taken, in order, such as {@code InUse}. */
    public List<String> hintStates(String device) {
        String prefix = device + " ";
        return hintStates.stream()
                .filter(state -> state.startsWith(prefix))
                .map(state -> state.substring(prefix.length()))
                .toList();
    }

    /** The number of new messages in a mailbox, as the last event has it; empty if there was none. */
    public String newMessages(String mailbox) {
        return messages(mailbox).replaceFirst("/.*", "");
    }

    /** The numbers of new and old messages in a mailbox, such as {@code 3/1}, as the last event has them; empty if there was none. */
    public String messages(String mailbox) {
        return states.getOrDefault("MessageWaiting " + mailbox, "");
    }

    private void readEvents() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            Map<String, String> event = new HashMap<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                int colon = line.indexOf(": ");
                if (colon > 0) {
                    event.put(line.substring(0, colon), line.substring(colon + 2));
                } else if (line.isEmpty()) {
                    note(event);
                    event.clear();
                }
            }
        } catch (IOException e) {
            // The Asterisk has ended, or this client.
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes it
    private void note(Map<String, String> event) {
        String kind = event.getOrDefault("Event", "");
        if (kind.equals("DeviceStateChange")) {
            String state = event.getOrDefault("State", "");
            states.put(kind + " " + event.get("Device"), state);
            listener.changed(event.getOrDefault("Device", ""), state);
        } else if (kind.equals("MessageWaiting")) {
            states.put(kind + " " + event.get("Mailbox"), event.get("New") + "/" + event.get("Old"));
        } else if (kind.equals("ExtensionStatus")) {
            hintStates.add(event.get("Hint") + " " + event.getOrDefault("StatusText", ""));
        }
        events++;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
