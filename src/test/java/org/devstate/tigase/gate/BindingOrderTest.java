// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class BindingOrderTest {

    private final BindingOrder<String> order = new BindingOrder<>();

    @Test
    void aSessionWaitsForTheAnswerToTheBinding() {
        order.requested("b1");
        assertThat(order.hold("session")).isTrue();
        assertThat(order.answered("roster")).isNull();
        assertThat(order.answered(null)).isNull();
        assertThat(order.answered("b1")).isEqualTo("session");
        assertThat(order.answered("b1")).isNull();
    }

    @Test
    void aSessionAfterTheAnswerDoesNotWait() {
        assertThat(order.hold("without any binding")).isFalse();
        order.requested("b1");
        assertThat(order.answered("b1")).isNull();
        assertThat(order.hold("session")).isFalse();
    }

    @Test
    void onlyOneIsHeld() {
        order.requested("b1");
        assertThat(order.hold("session")).isTrue();
        assertThat(order.hold("another")).isFalse();
        assertThat(order.answered("b1")).isEqualTo("session");
    }

    @Test
    void aBindingWithoutIdHoldsNothing() {
        order.requested(null);
        assertThat(order.hold("session")).isFalse();
        assertThat(order.answered(null)).isNull();
    }
}
