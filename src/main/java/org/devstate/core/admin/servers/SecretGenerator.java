// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.servers;

import java.security.SecureRandom;
import org.devstate.core.model.Eid;

/** Makes passwords that cannot be guessed, and EIDs that no other server has. Thread-safe. */
final class SecretGenerator {

    private static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /** 62^24 is 2^142. */
    private static final int PASSWORD_LENGTH = 24;

    /**
     * An EID is like a MAC address (IEEE 802): of its first byte, the lowest bit is 0 because it belongs to one machine, and the next
     * is 1 because it is locally administered.
     */
    private static final long CLEARED = 0xfc_ff_ff_ff_ff_ffL;

    private static final long LOCAL = 0x02_00_00_00_00_00L;

    private final SecureRandom random = new SecureRandom();

    /** A password of letters and digits, which no configuration file takes for anything else. */
    String password() {
        return random.ints(PASSWORD_LENGTH, 0, CHARACTERS.length())
                .map(CHARACTERS::charAt)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** An EID that no machine has by itself. */
    Eid eid() {
        return new Eid((random.nextLong() & CLEARED) | LOCAL);
    }
}
