// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PlainLoginsTest {

    private final List<String> said = new ArrayList<>();
    private final PlainLogins logins = new PlainLogins(said::add);

    @Test
    void eachAddressIsNamedOnceWithTheLineToChange() {
        logins.add("10.0.0.1");
        logins.add("10.0.0.1");
        logins.add("10.0.0.2");

        assertThat(said).hasSize(2);
        assertThat(said.get(0)).contains("A client at 10.0.0.1 ", "usetls = yes", "xmpp.conf");
    }

    @Test
    void howManyAreNamedIsBounded() {
        for (int i = 0; i < 10 * NamedOnce.MOST; i++) {
            logins.add("10.0." + i / 256 + "." + i % 256);
        }

        assertThat(said).hasSize(NamedOnce.MOST);
    }
}
