// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.security;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Semaphore;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.serve.security.UsersFile.Content;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out who calls, by the header {@code Authorization}: a user by Basic (RFC 7617), a token by Bearer (RFC 6750). The users file is
 * read anew when it has changed. Thread-safe.
 */
public final class Authenticator {

    private static final Logger LOG = LoggerFactory.getLogger(Authenticator.class);

    /** Failed attempts of one address: so many at once, and then one in this period. */
    private static final int FAILURES_AT_ONCE = 10;

    private static final Duration FAILURE_PERIOD = Duration.ofSeconds(6);

    /** How many passwords are checked at the same time: each takes 19 MiB and a tenth of a second. */
    private static final int CHECKS_AT_ONCE = 2;

    private static final int MOST_PROVEN = 1_000;

    private static final String WRONG = "the name or password, or the token, is not valid";

    /** The outcome for a request. */
    public sealed interface Admission {

        /** It may go on. */
        record Admitted(Caller caller) implements Admission {}

        /** It must give a valid name and password, or token. */
        record Unknown(String reason) implements Admission {}

        /** Its address has failed too often. */
        record TooOften(Duration pause) implements Admission {}
    }

    private final @Nullable Path file;
    private final InstantSource clock;
    private final AttemptLimit failures;
    /** Checked for a name that no user has: the answer takes as long as for a user, and so does not show who there is. */
    private final String hashOfNone = PasswordHashes.of(Tokens.make());

    private final Semaphore checks = new Semaphore(CHECKS_AT_ONCE, true);

    /** Passwords that were checked, by a hash of name and password, so that not each request takes the time of a check. */
    private final Map<String, UserEntry> proven = new LinkedHashMap<>();

    private Map<String, UserEntry> users = Map.of();
    private @Nullable FileTime written;

    private Authenticator(@Nullable Path file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
        this.failures = new AttemptLimit(FAILURES_AT_ONCE, FAILURE_PERIOD, clock);
    }

    /** Each caller may look, none may set. */
    public static Authenticator withoutUsers(InstantSource clock) {
        return new Authenticator(null, clock);
    }

    /**
     * Those of the users file are admitted, with their rights.
     *
     * @throws Failure if the users file cannot be read, is readable by others, or has errors
     */
    public static Authenticator ofFile(Path file, InstantSource clock) throws Failure {
        Authenticator authenticator = new Authenticator(file, clock);
        Content content = UsersFile.read(file);
        authenticator.users = content.users();
        authenticator.written = content.written();
        return authenticator;
    }

    /** Whether callers must give a name and password, or a token. */
    public boolean isNeeded() {
        return file != null;
    }

    /**
     * Finds out who calls.
     *
     * @param authorization the header; {@code null} if there is none
     * @param address of the client
     */
    public Admission admit(@Nullable String authorization, String address) {
        if (file == null) {
            return new Admission.Admitted(Caller.ANYONE);
        }
        if (authorization == null) {
            return new Admission.Unknown("give a name and password by HTTP Basic, or a token by Bearer");
        }
        Duration pause = failures.pause(address);
        if (!pause.isZero()) {
            return new Admission.TooOften(pause);
        }
        readAgainIfChanged(file);
        Admission admission = check(authorization);
        if (admission instanceof Admission.Unknown) {
            failures.count(address);
        }
        return admission;
    }

    /** Whether a caller that was admitted still has the same rights. */
    public boolean isStillAdmitted(Caller caller) {
        if (file == null) {
            return true;
        }
        readAgainIfChanged(file);
        UserEntry user = user(caller.name());
        return user != null && !user.isExpired(clock.instant()) && user.rights().equals(caller.rights());
    }

    private Admission check(String authorization) {
        int blank = authorization.indexOf(' ');
        String scheme = blank < 0 ? "" : authorization.substring(0, blank).toLowerCase(Locale.ROOT);
        String given = authorization.substring(blank + 1).strip();
        UserEntry user =
                switch (scheme) {
                    case "basic" -> byPassword(given);
                    case "bearer" -> byToken(given);
                    default -> null;
                };
        if (user == null) {
            return new Admission.Unknown(WRONG);
        }
        if (user.isExpired(clock.instant())) {
            return new Admission.Unknown("the access of " + user.name() + " has expired at " + user.until());
        }
        return new Admission.Admitted(new Caller(user.name(), user.rights()));
    }

    private synchronized @Nullable UserEntry user(String name) {
        return users.get(name);
    }

    private synchronized @Nullable UserEntry byToken(String token) {
        byte[] hash = Tokens.hash(token).getBytes(StandardCharsets.US_ASCII);
        return users.values().stream()
                .filter(UserEntry::isToken)
                .filter(each -> MessageDigest.isEqual(each.hash().getBytes(StandardCharsets.US_ASCII), hash))
                .findFirst()
                .orElse(null);
    }

    private @Nullable UserEntry byPassword(String given) {
        String pair;
        try {
            pair = new String(Base64.getDecoder().decode(given), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
        int colon = pair.indexOf(':');
        UserEntry user = colon < 0 ? null : user(pair.substring(0, colon));
        if (user == null || user.isToken()) {
            boolean unused = matches(pair.substring(colon + 1), hashOfNone);
            return null;
        }
        String key = Tokens.hash(user.hash() + ' ' + pair);
        synchronized (this) {
            if (user.equals(proven.get(key))) {
                return user;
            }
        }
        if (!matches(pair.substring(colon + 1), user.hash())) {
            return null;
        }
        synchronized (this) {
            if (proven.size() >= MOST_PROVEN) {
                proven.clear();
            }
            proven.put(key, user);
        }
        return user;
    }

    private boolean matches(String password, String hash) {
        checks.acquireUninterruptibly();
        try {
            return PasswordHashes.matches(password, hash);
        } finally {
            checks.release();
        }
    }

    private synchronized void readAgainIfChanged(Path path) {
        FileTime now = UsersFile.written(path);
        if (now == null || now.equals(written)) {
            return;
        }
        written = now;
        try {
            users = UsersFile.read(path).users();
            proven.clear();
            LOG.info("{} was read anew: {} users and tokens", path, users.size());
        } catch (Failure e) {
            LOG.error("The users file has changed and is not valid; the users of before stay: {}", e.text());
        }
    }
}
