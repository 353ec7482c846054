// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs deliveries (Standard Webhooks 1.0.0, "Signature scheme"): HMAC-SHA256 over {@code id.timestamp.body}. With several secrets there
 * is a signature by each of them, so that a secret can be replaced without a gap. Immutable.
 */
final class WebhookSigner {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "whsec_";
    private static final int LEAST_BYTES = 24;
    private static final int MOST_BYTES = 64;

    private final List<SecretKeySpec> keys;

    private WebhookSigner(List<SecretKeySpec> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Reads secrets.
     *
     * @param secrets one or several, separated by commas
     * @throws IllegalArgumentException if one is invalid; the message does not have it
     */
    static WebhookSigner of(String secrets) {
        List<SecretKeySpec> keys = new ArrayList<>();
        for (String secret : secrets.split(",", -1)) {
            keys.add(new SecretKeySpec(bytes(secret), ALGORITHM));
        }
        return new WebhookSigner(keys);
    }

    private static byte[] bytes(String secret) {
        byte[] bytes = {};
        if (secret.startsWith(PREFIX)) {
            try {
                bytes = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
            } catch (IllegalArgumentException e) { // reported below, without the secret
            }
        }
        if (bytes.length < LEAST_BYTES || bytes.length > MOST_BYTES) {
            throw new IllegalArgumentException("the third word, the secret, must be " + PREFIX + " and " + LEAST_BYTES
                    + " to " + MOST_BYTES + " bytes in base64; this makes one: echo \"" + PREFIX
                    + "$(openssl rand -base64 32)\"");
        }
        return bytes;
    }

    /**
     * The header {@code webhook-signature}.
     *
     * @param id of the delivery
     * @param timestampS of the attempt, in seconds since 1970
     * @param body of the delivery
     */
    String sign(String id, long timestampS, byte[] body) {
        byte[] head = (id + "." + timestampS + ".").getBytes(StandardCharsets.UTF_8);
        List<String> signatures = new ArrayList<>();
        try {
            for (SecretKeySpec key : keys) {
                Mac mac = Mac.getInstance(ALGORITHM);
                mac.init(key);
                mac.update(head);
                mac.update(body);
                signatures.add("v1," + Base64.getEncoder().encodeToString(mac.doFinal()));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("each Java has " + ALGORITHM, e);
        }
        return String.join(" ", signatures);
    }
}
