// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.http;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of the page, from the classpath. Only plain names of known types are looked up, so that nothing else of the classpath can be
 * read. Thread-safe.
 */
public final class PageFiles {

    private static final String INDEX = "index.html";
    private static final String NAME = "[a-z0-9][a-z0-9-]*(\\.[a-z0-9-]+)*";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "ico", "image/x-icon",
            "woff2", "font/woff2",
            "webmanifest", "application/manifest+json",
            "txt", "text/plain; charset=utf-8");

    private final Class<?> place;
    private final String folder;
    private final Map<String, BodyReply> read = new ConcurrentHashMap<>();

    /**
     * The files of a folder beside a class.
     *
     * @param place the class
     * @param folder its name, relative to the class
     */
    public PageFiles(Class<?> place, String folder) {
        this.place = place;
        this.folder = folder;
    }

    /** The file of that name, the index for an empty one; {@code null} if there is none. */
    @Nullable
    BodyReply find(String name) {
        String file = name.isEmpty() ? INDEX : name;
        String type = TYPES.get(file.substring(file.lastIndexOf('.') + 1));
        if (type == null || !file.matches(NAME)) {
            return null;
        }
        BodyReply known = read.get(file);
        if (known != null) {
            return known;
        }
        byte[] content = content(file);
        if (content == null) {
            return null;
        }
        BodyReply reply =
                BodyReply.ok(type, content).with("Cache-Control", "no-cache").with("ETag", etag(content));
        read.put(file, reply);
        return reply;
    }

    private byte @Nullable [] content(String file) {
        try (InputStream in = place.getResourceAsStream(folder + "/" + file)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            return null;
        }
    }

    private static String etag(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + HexFormat.of().formatHex(hash, 0, 12) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
