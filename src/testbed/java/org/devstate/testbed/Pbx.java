// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.time.Duration;

/** An Asterisk server as the others see it, real or simulated. */
public interface Pbx extends AutoCloseable {

    /** Its name and release, such as {@code pbx1 (Asterisk 22.10)}. */
    String title();

    /** Waits until it has logged in; returns how long that took. */
    Duration awaitConnected(Duration limit);

    /** Sets a custom device's state, as a dialplan would. */
    void setDeviceState(String device, String state);

    /** The line of {@code queue show} for the member whose state comes from {@code device}: the line ends with its state. */
    String queueMember(String device);

    /** How a person looks inside. */
    String howToLookInside();

    @Override
    void close();
}
