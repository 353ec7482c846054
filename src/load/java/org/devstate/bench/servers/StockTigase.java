// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.servers;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.devstate.bench.load.ClientGroup;
import org.devstate.bench.load.EventLoop;
import org.devstate.testbed.Tigase;

/**
 * Tigase with its own PubSub at its best: a node that is open to all to publish and subscribe, made beforehand. Its items are not
 * stored, so that no database is in the way; or they are, as Asterisk requests, for the budgets.
 */
public final class StockTigase extends OnTigase {

    private static final String CREATE =
            """
            <pubsub xmlns='http://jabber.org/protocol/pubsub'><create node='device_state'/><configure><x xmlns='jabber:x:data' type='submit'>\
            <field var='FORM_TYPE' type='hidden'><value>http://jabber.org/protocol/pubsub#node_config</value></field>\
            <field var='pubsub#access_model'><value>open</value></field>\
            <field var='pubsub#publish_model'><value>open</value></field>\
            <field var='pubsub#persist_items'><value>%d</value></field>\
            <field var='pubsub#send_last_published_item'><value>never</value></field>\
            </x></configure></pubsub>""";

    private static final Set<String> BUDGETS = Set.of("throughput", "latency");

    private final boolean storesItems;

    private StockTigase(Tigase tigase, boolean storesItems) {
        super(tigase);
        this.storesItems = storesItems;
    }

    public static StockTigase start(Path home, Path folder, boolean storesItems) {
        return new StockTigase(Tigase.startStockForLoad(home, folder), storesItems);
    }

    @Override
    public String title() {
        return storesItems ? "stock Tigase, items stored" : "stock Tigase";
    }

    @Override
    public boolean takesPartIn(String measurement) {
        return !storesItems || BUDGETS.contains(measurement);
    }

    @Override
    public boolean isOurs() {
        return false;
    }

    @Override
    public void prepare(EventLoop loop, List<String> users) {
        super.prepare(loop, users);
        try (ClientGroup owner = new ClientGroup(loop, address(), 1)) {
            owner.addPublishers(users.subList(0, 1));
            String answer = owner.request(CREATE.formatted(storesItems ? 1 : 0));
            if (answer.contains("<error")) {
                throw new IllegalStateException("the node could not be made: " + answer);
            }
        }
    }
}
