// SPDX-License-Identifier: Apache-2.0
package tigase.server;

import java.util.Collection;
import tigase.util.common.TimerTask;

public abstract class AbstractMessageReceiver extends BasicComponent {

    public AbstractMessageReceiver() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void beanConfigurationChanged(Collection<String> changedFields) {
        throw new UnsupportedOperationException();
    }

    public void addTimerTask(TimerTask task, long delay) {
        throw new UnsupportedOperationException();
    }

    public int hashCodeForPacket(Packet packet) {
        throw new UnsupportedOperationException();
    }

    public void start() {
        throw new UnsupportedOperationException();
    }

    public void stop() {
        throw new UnsupportedOperationException();
    }

    public abstract void processPacket(Packet packet);

    protected boolean addOutPacket(Packet packet) {
        throw new UnsupportedOperationException();
    }
}
