// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.serve.feed.EntrySelector;
import org.devstate.serve.security.PrivateLines;
import org.jspecify.annotations.Nullable;

/**
 * The webhooks file: a line for each webhook, {@code NAME URL SECRET[,SECRET] [site=SITE] [node=NODE] [id=GLOB] [state=GLOB] [queue=N]}.
 * All its errors are reported together. Stateless.
 */
final class WebhooksFile {

    private static final int MOST = 20;
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";
    private static final Set<String> KEYS = Set.of("site", "node", "id", "state", "queue");

    private WebhooksFile() {}

    /**
     * Reads it.
     *
     * @throws Failure if others may read it, or a line is invalid
     */
    static List<Webhook> read(Path file) throws Failure {
        Map<String, Webhook> webhooks = new LinkedHashMap<>();
        PrivateLines.read(file, "the secrets in %s, the webhooks file", "--webhooks", words -> {
            Webhook webhook = webhook(words);
            if (webhooks.put(webhook.name(), webhook) != null) {
                throw new IllegalArgumentException(webhook.name() + " is there twice");
            }
            if (webhooks.size() > MOST) {
                throw new IllegalArgumentException("there may be " + MOST + " webhooks at most");
            }
        });
        if (webhooks.isEmpty()) {
            throw Failure.usage(file + " has no webhooks; etc/webhooks is a sample");
        }
        return List.copyOf(webhooks.values());
    }

    private static Webhook webhook(List<String> words) {
        if (words.size() < 3) {
            throw new IllegalArgumentException(
                    "must be NAME URL SECRET, then filters: site=SITE node=device|mailbox id=GLOB state=GLOB");
        }
        String name = words.get(0);
        if (!name.matches(NAME)) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name: 1 to 64 letters, digits and . _ -, a letter or digit first");
        }
        URI url = url(words.get(1));
        WebhookSigner signer = WebhookSigner.of(words.get(2));
        Map<String, String> rest = rest(words.subList(3, words.size()));
        EntrySelector filter = EntrySelector.of(rest.get("site"), rest.get("node"), rest.get("id"), rest.get("state"));
        return new Webhook(name, url, signer, filter, queueLength(rest.get("queue")));
    }

    private static URI url(String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + text + "' is no URL: " + e.getReason(), e);
        }
        boolean isHttp = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
        if (!isHttp || url.getHost() == null || url.getPort() > 65_535) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no URL such as https://crm.example.net/devices; it begins with http or https");
        }
        if (url.getUserInfo() != null || url.getFragment() != null) {
            throw new IllegalArgumentException(
                    "the URL of " + url.getHost() + " must have no name and password before the host, and no #");
        }
        return url;
    }

    private static Map<String, String> rest(List<String> words) {
        Map<String, String> rest = new TreeMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            String key = equals < 0 ? word : word.substring(0, equals);
            String value = word.substring(equals + 1);
            if (equals < 0 || !KEYS.contains(key)) {
                throw new IllegalArgumentException("unknown filter '" + word
                        + "'; known are site=SITE, node=device|mailbox, id=GLOB, state=GLOB and queue=N");
            }
            if (value.isEmpty() || rest.put(key, value) != null) {
                throw new IllegalArgumentException(key + "= must have one value, and be there once");
            }
        }
        return rest;
    }

    private static int queueLength(@Nullable String text) {
        if (text == null) {
            return Webhook.DEFAULT_QUEUE;
        }
        int length = text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
        if (length < 1 || length > Webhook.LONGEST_QUEUE) {
            throw new IllegalArgumentException("queue= must be within 1.." + Webhook.LONGEST_QUEUE + ", not " + text);
        }
        return length;
    }
}
