// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The users file: a line for each user or token, {@code NAME HASH RIGHT... [until=DATE]}. All its errors are reported together.
 * Stateless.
 */
public final class UsersFile {

    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._@-]{0,63}";
    private static final String SITES = "look:[^,\\s]+(,[^,\\s]+)*";

    private UsersFile() {}

    /** Its content, and when it was written. */
    record Content(Map<String, UserEntry> users, @Nullable FileTime written) {}

    /**
     * Reads it.
     *
     * @throws Failure if others may read it, or a line is invalid
     */
    static Content read(Path file) throws Failure {
        FileTime written = written(file);
        Map<String, UserEntry> users = new LinkedHashMap<>();
        PrivateLines.read(file, "the hashes in %s, the users file", "--users", words -> {
            UserEntry user = user(words);
            if (users.put(user.name(), user) != null) {
                throw new IllegalArgumentException(user.name() + " is there twice");
            }
        });
        if (users.isEmpty()) {
            throw Failure.usage(file + " has no users; devstatectl hash-password writes a line for it");
        }
        return new Content(users, written);
    }

    /** The text of an error never has the hash in it. */
    private static UserEntry user(List<String> words) {
        if (words.size() < 3) {
            throw new IllegalArgumentException("must be NAME HASH RIGHT...; rights are look, look:SITE,SITE and set");
        }
        String name = words.get(0);
        if (!isName(name)) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name: 1 to 64 letters, digits and . _ @ -, a letter or digit first");
        }
        String hash = words.get(1);
        if (!PasswordHashes.isHash(hash) && !Tokens.isHash(hash)) {
            throw new IllegalArgumentException("the second word, of " + name
                    + ", is no hash; devstatectl hash-password and devstatectl new-token make one");
        }
        List<String> rest = words.subList(2, words.size());
        String last = rest.get(rest.size() - 1);
        Instant until = last.startsWith("until=") ? date(last.substring("until=".length())) : null;
        return new UserEntry(name, hash, rights(until == null ? rest : rest.subList(0, rest.size() - 1)), until);
    }

    /** Whether a user or token may be called that. */
    public static boolean isName(String name) {
        return name.matches(NAME);
    }

    /**
     * Reads rights.
     *
     * @throws IllegalArgumentException if they are invalid; the text has the reason
     */
    public static Rights rights(List<String> words) {
        TreeSet<String> sites = new TreeSet<>();
        boolean mayLook = false;
        boolean maySet = false;
        for (String word : words) {
            if (word.equals("look")) {
                mayLook = true;
            } else if (word.matches(SITES)) {
                sites.addAll(List.of(word.substring("look:".length()).split(",", -1)));
            } else if (word.equals("set")) {
                maySet = true;
            } else {
                throw new IllegalArgumentException(
                        "'" + word + "' is no right: rights are look, look:SITE,SITE and set; until=DATE comes last");
            }
        }
        if (!mayLook && sites.isEmpty()) {
            throw new IllegalArgumentException("the right look, or look:SITE,SITE, is missing");
        }
        if (maySet && !sites.isEmpty()) {
            throw new IllegalArgumentException("the right set is for all sites, and cannot stand beside look:SITE");
        }
        return new Rights(mayLook ? Set.of() : sites, maySet);
    }

    /**
     * Reads a date, as UTC.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Instant date(String text) {
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no date such as 2027-01-31, or moment such as 2027-01-31T08:00:00Z", e);
        }
    }

    /** When it was written last; {@code null} if that is not known. */
    static @Nullable FileTime written(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return null;
        }
    }
}
