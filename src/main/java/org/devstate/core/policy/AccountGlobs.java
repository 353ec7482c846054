// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.devstate.core.model.Account;
import org.devstate.core.model.Jid;
import org.jspecify.annotations.Nullable;

/**
 * The accounts that are admitted, as globs over bare addresses: {@code *} stands for any characters, {@code ?} for one, a backslash
 * takes the meaning from both. Closed when empty. Immutable.
 */
public final class AccountGlobs {

    /** With its domain: {@code pbx*} would admit accounts of that name at every server. */
    private static final Pattern ACCOUNT = Pattern.compile("[^@/\\s]+@[^@/\\s]+");

    private final List<Glob> globs;
    private final List<Account> accounts;

    private AccountGlobs(List<Glob> globs) {
        this.globs = globs;
        this.accounts = globs.stream()
                .map(Glob::name)
                .filter(Objects::nonNull)
                .map(Account::of)
                .toList();
    }

    /**
     * Reads globs such as {@code ast*@example.net}; upper and lower case are one, as in addresses.
     *
     * @throws IllegalArgumentException if any of them could not match a bare address; the message names all of those
     */
    public static AccountGlobs of(List<String> texts) {
        List<Glob> globs = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (String glob : texts) {
            String text = glob.strip();
            if (!ACCOUNT.matcher(text).matches()) {
                faults.add("'" + glob + "'");
                continue;
            }
            try {
                globs.add(new Glob(text.toLowerCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                faults.add("'" + glob + "' (" + e.getMessage() + ")");
            }
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(
                    "not an account such as pbx1@example.net or *@example.net: " + String.join(", ", faults));
        }
        return new AccountGlobs(List.copyOf(globs));
    }

    /** Whether the account of {@code jid} is admitted. */
    public boolean admits(Jid jid) {
        return admits(jid.bare().toLowerCase(Locale.ROOT));
    }

    /** The same, of an account in lower case. */
    boolean admits(String account) {
        for (Glob glob : globs) {
            if (glob.matches(account)) {
                return true;
            }
        }
        return false;
    }

    /** The globs, in order. */
    public List<String> globs() {
        return globs.stream().map(Glob::pattern).toList();
    }

    /** The accounts among them, which stand for themselves alone. */
    public List<Account> accounts() {
        return accounts;
    }

    /** The same and {@code account}. */
    public AccountGlobs with(Account account) {
        return of(Stream.concat(
                        globs().stream(), Stream.of(Glob.of(account.text()).pattern()))
                .toList());
    }

    /** The same without the glob that is {@code account} itself. */
    public AccountGlobs without(Account account) {
        return of(globs.stream()
                .filter(glob -> !account.text().equalsIgnoreCase(glob.name()))
                .map(Glob::pattern)
                .toList());
    }

    /** Whether no account is admitted. */
    public boolean isEmpty() {
        return globs.isEmpty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AccountGlobs accounts && accounts.globs.equals(globs);
    }

    @Override
    public int hashCode() {
        return globs.hashCode();
    }

    /** The globs as they are written, with blanks between them. */
    @Override
    public String toString() {
        return globs.stream().map(Glob::pattern).collect(Collectors.joining(" "));
    }
}
