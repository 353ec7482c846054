// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy;

import org.jspecify.annotations.Nullable;

/**
 * A pattern over whole names: {@code *} stands for any characters, {@code ?} for one, all others for themselves. A backslash takes the
 * meaning from the character behind it: {@code \*}, {@code \?} and {@code \\} stand for that character alone, and so does {@code \#},
 * which would begin a comment in a policy. Matching allocates nothing and takes no more steps than the lengths of pattern and name
 * multiplied. Immutable.
 *
 * @param pattern as it was written
 */
public record Glob(String pattern) {

    /** Matches every name. */
    public static final Glob ANY = new Glob("*");

    private static final String ESCAPABLE = "*?\\#";
    private static final char ESCAPE = '\\';

    /** @throws IllegalArgumentException if a backslash is followed by anything but {@code *}, {@code ?}, {@code \} or {@code #} */
    public Glob {
        for (int at = pattern.indexOf(ESCAPE); at >= 0; at = pattern.indexOf(ESCAPE, at + 2)) {
            if (at + 1 == pattern.length() || ESCAPABLE.indexOf(pattern.charAt(at + 1)) < 0) {
                throw new IllegalArgumentException(
                        "a \\ is followed by one of * ? \\ #, which then stands for itself; write \\\\ for a \\ in a name: '"
                                + pattern + "'");
            }
        }
    }

    /** Matches {@code name} alone. */
    public static Glob of(String name) {
        StringBuilder pattern = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean comment = c == '#' && (i == 0 || Character.isWhitespace(name.charAt(i - 1)));
            if (c == '*' || c == '?' || c == ESCAPE || comment) {
                pattern.append(ESCAPE);
            }
            pattern.append(c);
        }
        return new Glob(pattern.toString());
    }

    /** Matches all names that begin with {@code start}. */
    public static Glob startingWith(String start) {
        return new Glob(of(start).pattern + "*");
    }

    /** The only name that it matches; {@code null} if it matches others too. */
    public @Nullable String name() {
        StringBuilder name = new StringBuilder(pattern.length());
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (isWildcard(c)) {
                return null;
            }
            name.append(c == ESCAPE ? pattern.charAt(++i) : c);
        }
        return name.toString();
    }

    /** What all names that it matches begin with: the pattern up to its first {@code *} or {@code ?}. */
    String start() {
        StringBuilder start = new StringBuilder(pattern.length());
        for (int i = 0; i < pattern.length() && !isWildcard(pattern.charAt(i)); i++) {
            start.append(pattern.charAt(i) == ESCAPE ? pattern.charAt(++i) : pattern.charAt(i));
        }
        return start.toString();
    }

    /** What all names that it matches end with: the pattern behind its last {@code *} or {@code ?}. */
    String end() {
        StringBuilder end = new StringBuilder(pattern.length());
        for (int i = 0; i < pattern.length(); i++) {
            if (isWildcard(pattern.charAt(i))) {
                end.setLength(0);
            } else {
                end.append(pattern.charAt(i) == ESCAPE ? pattern.charAt(++i) : pattern.charAt(i));
            }
        }
        return end.toString();
    }

    private static boolean isWildcard(char c) {
        return c == '*' || c == '?';
    }

    /** Whether the pattern matches {@code name} as a whole. Upper and lower case differ. */
    public boolean matches(String name) {
        return matches(name, false);
    }

    /** The same, if upper and lower case did not differ. */
    public boolean matchesIgnoringCase(String name) {
        return matches(name, true);
    }

    private boolean matches(String name, boolean ignoringCase) {
        int at = 0;
        int inName = 0;
        int star = -1;
        int afterStar = 0;
        while (inName < name.length()) {
            char c = at < pattern.length() ? pattern.charAt(at) : '\0';
            int literal = c == ESCAPE ? at + 1 : at;
            if (c == '*') {
                if (at + 1 == pattern.length()) {
                    return true;
                }
                star = at++;
                afterStar = inName;
            } else if (at < pattern.length() && c == '?') {
                at++;
                inName += width(name, inName);
            } else if (at < pattern.length() && equal(pattern.charAt(literal), name.charAt(inName), ignoringCase)) {
                at = literal + 1;
                inName++;
            } else if (star >= 0) {
                at = star + 1;
                afterStar += width(name, afterStar);
                inName = afterStar;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }

    private static boolean equal(char one, char other, boolean ignoringCase) {
        return one == other
                || (ignoringCase
                        && Character.toLowerCase(Character.toUpperCase(one))
                                == Character.toLowerCase(Character.toUpperCase(other)));
    }

    /** How many {@code char}s the character there has. */
    private static int width(String name, int index) {
        return Character.charCount(name.codePointAt(index));
    }

    @Override
    public String toString() {
        return pattern;
    }
}
