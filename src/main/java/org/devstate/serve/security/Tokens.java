// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Tokens for programs: 256 random bits, of which the users file holds a SHA-256 hash. So much chance needs no slow hash. Stateless.
 */
public final class Tokens {

    private static final String PREFIX = "token:sha256:";
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Tokens() {}

    /** Makes a token. */
    public static String make() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return "devstate_" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The hash of a token, as it is written into the users file. */
    public static String hash(String token) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return PREFIX + HexFormat.of().formatHex(sha256.digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static boolean isHash(String hash) {
        return hash.matches(PREFIX + "[0-9a-f]{64}");
    }
}
