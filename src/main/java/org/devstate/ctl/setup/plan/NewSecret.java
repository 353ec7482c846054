// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.plan;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes secrets of letters, digits, - and _, which need no quoting in any configuration. Thread-safe. */
public final class NewSecret {

    /** The secret of the samples. It is public, so it counts as none. */
    public static final String OF_SAMPLES = "change me";

    /** As many random bits as make guessing hopeless. */
    private static final int BYTES = 24;

    private static final SecureRandom RANDOM = new SecureRandom();

    private NewSecret() {}

    /** Returns 32 characters. */
    public static String next() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
