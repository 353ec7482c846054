// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.prosody;

import java.util.ArrayList;
import java.util.List;
import org.devstate.ctl.setup.prosody.LuaToken.TokenKind;
import org.devstate.ctl.xmpp.Failure;

/** Divides a text in Lua into its words (Lua 5.4 manual, 3.1). Used once. */
final class LuaScanner {

    private static final List<String> LONG_SYMBOLS =
            List.of("...", "..", "==", "~=", "<=", ">=", "//", "::", "<<", ">>");

    private final LuaSource source;
    private final String text;
    private final List<LuaToken> tokens = new ArrayList<>();
    private int at;
    private int line = 1;

    private LuaScanner(LuaSource source, String text) {
        this.source = source;
        this.text = text;
    }

    /** Returns the words, of which the last one is the end. */
    static List<LuaToken> scan(LuaSource source, String text) throws Failure {
        return new LuaScanner(source, text).scan();
    }

    private List<LuaToken> scan() throws Failure {
        while (at < text.length()) {
            char next = text.charAt(at);
            if (Character.isWhitespace(next)) {
                skip(1);
            } else if (text.startsWith("--", at)) {
                skipComment();
            } else if (next == '"' || next == '\'') {
                scanString(next);
            } else if (next == '[' && longBracket() >= 0) {
                int start = line;
                add(TokenKind.STRING, longText(), start);
            } else if (Character.isLetter(next) || next == '_') {
                scanWhile(TokenKind.NAME, "[A-Za-z0-9_]");
            } else if (Character.isDigit(next)) {
                scanWhile(TokenKind.NUMBER, "[A-Za-z0-9_.]");
            } else {
                String symbol = LONG_SYMBOLS.stream()
                        .filter(each -> text.startsWith(each, at))
                        .findFirst()
                        .orElse(String.valueOf(next));
                add(TokenKind.SYMBOL, symbol, line);
                skip(symbol.length());
            }
        }
        add(TokenKind.END, "the end of the file", line);
        return tokens;
    }

    private void add(TokenKind kind, String word, int start) {
        tokens.add(new LuaToken(kind, word, start));
    }

    private void skip(int count) {
        for (int i = 0; i < count; i++) {
            if (text.charAt(at) == '\n') {
                line++;
            }
            at++;
        }
    }

    private void scanWhile(TokenKind kind, String characters) {
        int end = at;
        while (end < text.length() && text.substring(end, end + 1).matches(characters)) {
            end++;
        }
        add(kind, text.substring(at, end), line);
        skip(end - at);
    }

    private void skipComment() throws Failure {
        skip(2);
        if (at < text.length() && text.charAt(at) == '[' && longBracket() >= 0) {
            longText();
            return;
        }
        int end = text.indexOf('\n', at);
        skip((end < 0 ? text.length() : end) - at);
    }

    /** How many = an opening long bracket has, such as {@code [==[}; -1 if there is none here. */
    private int longBracket() {
        int end = at + 1;
        while (end < text.length() && text.charAt(end) == '=') {
            end++;
        }
        return end < text.length() && text.charAt(end) == '[' ? end - at - 1 : -1;
    }

    private String longText() throws Failure {
        int level = longBracket();
        String close = "]" + "=".repeat(level) + "]";
        int start = at + level + 2;
        int end = text.indexOf(close, start);
        if (end < 0) {
            throw source.fault(line, "a long string or comment without its end");
        }
        skip(end + close.length() - at);
        String content = text.substring(start, end);
        return content.startsWith("\n") ? content.substring(1) : content;
    }

    private void scanString(char quote) throws Failure {
        int start = line;
        StringBuilder content = new StringBuilder();
        skip(1);
        while (at < text.length() && text.charAt(at) != quote && text.charAt(at) != '\n') {
            if (text.charAt(at) == '\\') {
                scanEscape(content);
            } else {
                content.append(text.charAt(at));
                skip(1);
            }
        }
        if (at >= text.length() || text.charAt(at) != quote) {
            throw source.fault(start, "a string without its end");
        }
        skip(1);
        add(TokenKind.STRING, content.toString(), start);
    }

    private void scanEscape(StringBuilder content) throws Failure {
        char escaped = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        int simple = "ntrabfv\\\"'\n".indexOf(escaped);
        if (simple < 0) {
            throw source.fault(line, "the escape \\" + escaped + " in a string");
        }
        content.append("\n\t\r\u0007\b\f\u000b\\\"'\n".charAt(simple));
        skip(2);
    }
}
