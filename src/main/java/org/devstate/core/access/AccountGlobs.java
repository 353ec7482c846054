package org.devstate.core.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.devstate.core.model.Jid;

/**
 * The accounts that are let in, as globs over bare addresses: {@code *} stands for any characters, {@code ?} for one. Closed
 * when empty. Immutable.
 */
public final class AccountGlobs {

    /** With its domain: {@code pbx*} would let in accounts of that name at any server there is. */
    private static final Pattern ACCOUNT = Pattern.compile("[^@/\\s]+@[^@/\\s]+");

    private final List<Pattern> patterns;

    private AccountGlobs(List<Pattern> patterns) {
        this.patterns = patterns;
    }

    /**
     * Reads globs such as {@code ast*@example.net}; upper and lower case are one, as in addresses.
     *
     * @throws IllegalArgumentException if any of them could not match a bare address; the message names all of those
     */
    public static AccountGlobs of(List<String> globs) {
        List<Pattern> patterns = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (String glob : globs) {
            String text = glob.strip();
            if (ACCOUNT.matcher(text).matches()) {
                patterns.add(compile(text.toLowerCase(Locale.ROOT)));
            } else {
                faults.add("'" + glob + "'");
            }
        }
        if (!faults.isEmpty()) {
            throw new IllegalArgumentException(
                    "not an account such as pbx1@example.net or *@example.net: " + String.join(", ", faults));
        }
        return new AccountGlobs(List.copyOf(patterns));
    }

    /** Whether the account of {@code jid} is let in. */
    public boolean admits(Jid jid) {
        String account = jid.bare().toLowerCase(Locale.ROOT);
        for (Pattern pattern : patterns) {
            if (pattern.matcher(account).matches()) {
                return true;
            }
        }
        return false;
    }

    /** Whether nobody is let in. */
    public boolean isEmpty() {
        return patterns.isEmpty();
    }

    private static Pattern compile(String glob) {
        StringBuilder regex = new StringBuilder();
        glob.codePoints().forEach(c -> {
            if (c == '*') {
                regex.append(".*");
            } else if (c == '?') {
                regex.append('.');
            } else {
                regex.append(Pattern.quote(Character.toString(c)));
            }
        });
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
