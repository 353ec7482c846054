// SPDX-License-Identifier: Apache-2.0
package tigase.cluster.api;

import tigase.server.Priority;

public abstract class CommandListenerAbstract implements CommandListener {

    public CommandListenerAbstract(String name, Priority priority) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int compareTo(CommandListener cl) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean equals(Object cl) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int hashCode() {
        throw new UnsupportedOperationException();
    }
}
