// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.devstate.testbed.XmppClient;
import org.junit.jupiter.api.Test;

/** A parser that puts off a long tag, as Expat does, delays no other stanza. */
interface LongTagScenarios extends Scenarios {

    /** More than a server reads at once, so that it sees the tag in parts. */
    int LENGTH = 20_000;

    Duration AT_ONCE = Duration.ofSeconds(3);

    @Test
    default void anAnswerWithALongIdDelaysNoOther() {
        String query = "<query xmlns='http://jabber.org/protocol/disco#info'/>";
        String service = office().xmpp().service();
        try (XmppClient odd = XmppClient.login(office().xmpp(), "pbx9", "odd");
                XmppClient other = XmppClient.login(office().xmpp(), "pbx4", "other")) {
            for (int i = 0; i < 3; i++) {
                odd.send("<iq type='get' id='" + "x".repeat(LENGTH) + i + "' to='" + service + "'>" + query + "</iq>"
                        + " ".repeat(2 * LENGTH));
                long begin = System.nanoTime();
                assertThat(other.request("get", service, query).attribute("type"))
                        .isEqualTo("result");
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(AT_ONCE);
            }
        }
    }
}
