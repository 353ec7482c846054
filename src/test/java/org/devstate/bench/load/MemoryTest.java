// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MemoryTest {

    private final Devices devices = new Devices(10);
    private final Memory memory = new Memory(10);

    @Test
    void onlyTheLastPublishedStateIsRight() {
        int older = devices.change(0, 0);
        int newer = devices.change(0, 0);
        devices.change(1, 0);
        assertThat(newer).isNotEqualTo(older);
        assertThat(wrong()).as("nothing received").isEqualTo(2);
        memory.receive(0, newer);
        memory.receive(1, devices.last(1));
        assertThat(wrong()).as("all received").isZero();
        memory.receive(0, older);
        assertThat(wrong()).as("an older state came last").isEqualTo(1);
    }

    @Test
    void aDeviceThatWasNeverPublishedDoesNotCount() {
        assertThat(wrong()).isZero();
        assertThat(memory.known()).isZero();
    }

    @Test
    void aServerNeedsNoNotificationOfItsOwnDevices() {
        for (int device = 0; device < 10; device++) {
            devices.change(device, 0);
        }
        assertThat(memory.wrong(devices, 3, 7)).isEqualTo(6);
    }

    @Test
    void anUnknownDeviceOrStateIsStrange() {
        assertThat(memory.receive(9, 0)).isTrue();
        assertThat(memory.receive(10, 0)).isFalse();
        assertThat(memory.receive(-1, 0)).isFalse();
        assertThat(memory.receive(0, -1)).isFalse();
        assertThat(memory.known()).isEqualTo(1);
    }

    @Test
    void aDeviceGoesThroughAllStatesAndNeverStays() {
        int last = devices.change(5, 1);
        for (int i = 0; i < 20; i++) {
            int next = devices.change(5, 1);
            assertThat(next).isEqualTo((last + 1) % Wire.STATES.length);
            last = next;
        }
    }

    private int wrong() {
        return memory.wrong(devices, 0, 0);
    }
}
