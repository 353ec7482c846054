// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.security;

import com.password4j.Argon2Function;
import com.password4j.BadParametersException;
import com.password4j.BcryptFunction;
import com.password4j.HashingFunction;
import com.password4j.Password;
import com.password4j.types.Argon2;

/**
 * Hashes of passwords: made by Argon2id with the parameters that OWASP recommends (19 MiB, 2 passes, 1 lane); those of bcrypt, which
 * {@code htpasswd -B} makes, are accepted, too. Stateless.
 */
public final class PasswordHashes {

    private static final int SALT_BYTES = 16;
    private static final HashingFunction ARGON2 = Argon2Function.getInstance(19_456, 2, 1, 32, Argon2.ID);

    private PasswordHashes() {}

    /** Makes a hash with a salt of its own. */
    public static String of(String password) {
        return Password.hash(password).addRandomSalt(SALT_BYTES).with(ARGON2).getResult();
    }

    /** Whether it is a hash that {@link #matches} can check. */
    static boolean isHash(String hash) {
        return hash.matches(
                        "\\$argon2id\\$v=\\d+\\$m=\\d{1,7},t=\\d{1,3},p=\\d{1,2}\\$[A-Za-z0-9+/]{16,}\\$[A-Za-z0-9+/]{16,}")
                || hash.matches("\\$2[aby]\\$(0[4-9]|1[0-4])\\$[./A-Za-z0-9]{53}");
    }

    /** Whether the hash is of that password. */
    static boolean matches(String password, String hash) {
        try {
            HashingFunction function = hash.startsWith("$argon2")
                    ? Argon2Function.getInstanceFromHash(hash)
                    : BcryptFunction.getInstanceFromHash(hash);
            return Password.check(password, hash).with(function);
        } catch (BadParametersException e) {
            return false;
        }
    }
}
