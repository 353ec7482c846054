// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.startup;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.devstate.core.model.Account;
import org.devstate.core.spi.LineLog;
import org.jspecify.annotations.Nullable;

/**
 * Warns of settings of this Tigase that would harm an Asterisk: of all when the server has started, and later if an account has
 * outgrown them. Each warning is logged once. Thread-safe.
 */
public final class ReadinessCheck {

    /** The warnings name at most so many accounts that have grown too large. */
    static final int MOST_ACCOUNTS = 100;

    /** Reads Tigase's settings. */
    @FunctionalInterface
    public interface SettingsSource {

        /**
         * Returns the settings in force; {@code null} if there are none to read.
         *
         * @throws IllegalStateException if this release of Tigase has others
         */
        @Nullable
        TigaseSettings read();
    }

    /** Has the number of entries that one account may have. */
    @FunctionalInterface
    public interface EntryAllowance {

        long entries();
    }

    private final SettingsSource tigase;
    private final EntryAllowance entriesAllowed;
    private final LineLog log;
    private final Set<Account> tooLarge = new HashSet<>();
    private boolean checked;

    /**
     * @param tigase reads the settings in force
     * @param entriesAllowed how many entries one account may have
     * @param log takes the warnings
     */
    public ReadinessCheck(SettingsSource tigase, EntryAllowance entriesAllowed, LineLog log) {
        this.tigase = tigase;
        this.entriesAllowed = entriesAllowed;
        this.log = log;
    }

    /** The server has started. */
    public synchronized void check() {
        TigaseSettings found = checked ? null : look();
        checked = true;
        if (found != null) {
            found.warnings(entriesAllowed.entries()).forEach(log::log);
        }
    }

    /** Time has gone by: {@code entries} are how many each account has now. */
    public synchronized void checkGrowth(List<Map<Account, Integer>> entries) {
        TigaseSettings found = look();
        if (found != null) {
            entries.forEach(
                    accounts -> accounts.forEach((account, count) -> checkGrowth(found.throttle(), account, count)));
        }
    }

    private void checkGrowth(Throttle throttle, Account account, int entries) {
        if (!throttle.lets(entries) && tooLarge.size() < MOST_ACCOUNTS && tooLarge.add(account)) {
            log.log(account + " has " + entries
                    + " devices and mailboxes. c2s disconnects clients above " + throttle
                    + ". This Asterisk may exceed that when it connects. In etc/config.tdsl, give the bean c2s: "
                    + Throttle.settingFor(entries));
        }
    }

    private @Nullable TigaseSettings look() {
        try {
            return tigase.read();
        } catch (IllegalStateException e) {
            if (!checked) {
                log.log("Tigase's settings cannot be checked, because this release has others: " + e.getMessage());
            }
            return null;
        }
    }
}
