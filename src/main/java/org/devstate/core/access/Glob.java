package org.devstate.core.access;

/**
 * A pattern over whole names: {@code *} stands for any characters, {@code ?} for one, all others for themselves. Matching allocates
 * nothing and takes no more steps than the lengths of pattern and name multiplied. Immutable.
 *
 * @param pattern as it was written
 */
public record Glob(String pattern) {

    /** Matches every name. */
    public static final Glob ANY = new Glob("*");

    /** Whether {@code name} as a whole is what the pattern says. Upper and lower case differ. */
    public boolean matches(String name) {
        int at = 0;
        int inName = 0;
        int star = -1;
        int afterStar = 0;
        while (inName < name.length()) {
            char c = at < pattern.length() ? pattern.charAt(at) : '\0';
            if (c == '*') {
                star = at++;
                afterStar = inName;
            } else if (at < pattern.length() && c == '?') {
                at++;
                inName += width(name, inName);
            } else if (at < pattern.length() && c == name.charAt(inName)) {
                at++;
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

    /** How many {@code char}s the character there has. */
    private static int width(String name, int index) {
        return Character.charCount(name.codePointAt(index));
    }

    @Override
    public String toString() {
        return pattern;
    }
}
