// SPDX-License-Identifier: Apache-2.0
package tigase.eventbus.events;

import java.io.Serializable;
import tigase.eventbus.EventBusEvent;

@SuppressWarnings("serial")
public class StartupFinishedEvent implements Serializable, EventBusEvent {

    public StartupFinishedEvent() {
        throw new UnsupportedOperationException();
    }
}
