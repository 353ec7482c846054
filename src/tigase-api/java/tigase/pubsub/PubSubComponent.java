// SPDX-License-Identifier: Apache-2.0
package tigase.pubsub;

import java.util.Queue;
import tigase.component.AbstractKernelBasedComponent;
import tigase.kernel.core.Kernel;
import tigase.server.Packet;
import tigase.stats.StatisticsList;

public class PubSubComponent extends AbstractKernelBasedComponent {

    public PubSubComponent() {
        throw new UnsupportedOperationException();
    }

    @SuppressWarnings("deprecation")
    public void getStatistics(StatisticsList list) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int hashCodeForPacket(Packet packet) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void start() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void stop() {
        throw new UnsupportedOperationException();
    }

    @Override
    protected void registerModules(Kernel kernel) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void processPacket(Packet packet) {
        throw new UnsupportedOperationException();
    }

    public String getComponentVersion() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean processScriptCommand(Packet pc, Queue<Packet> results) {
        throw new UnsupportedOperationException();
    }
}
