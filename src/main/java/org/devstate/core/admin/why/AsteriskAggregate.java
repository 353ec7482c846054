// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.why;

import java.util.Collection;
import java.util.List;
import org.devstate.core.model.DeviceState;

/**
 * Combines the states that several servers publish of one device as Asterisk does (compared with 16 and 22 in the tests): busy on one
 * server and ringing on another is {@code RINGINUSE}; else the state that ranks highest counts. Only for UNKNOWN and INVALID do
 * releases differ: 22 shows INVALID, 16 UNKNOWN; here it is INVALID. Stateless.
 */
public final class AsteriskAggregate {

    /** From the lowest to the highest. */
    private static final List<DeviceState> RANKS = List.of(
            DeviceState.UNKNOWN,
            DeviceState.INVALID,
            DeviceState.UNAVAILABLE,
            DeviceState.NOT_INUSE,
            DeviceState.ONHOLD,
            DeviceState.RINGING,
            DeviceState.INUSE,
            DeviceState.BUSY,
            DeviceState.RINGINUSE);

    private static final List<DeviceState> IN_USE = List.of(DeviceState.INUSE, DeviceState.BUSY, DeviceState.ONHOLD);

    private AsteriskAggregate() {}

    /** The state that an Asterisk shows that has received these; {@code UNKNOWN} if there are none. */
    public static DeviceState of(Collection<DeviceState> states) {
        boolean inUse = states.stream().anyMatch(IN_USE::contains);
        if (inUse && states.contains(DeviceState.RINGING)) {
            return DeviceState.RINGINUSE;
        }
        return states.stream()
                .max((one, other) -> RANKS.indexOf(one) - RANKS.indexOf(other))
                .orElse(DeviceState.UNKNOWN);
    }
}
