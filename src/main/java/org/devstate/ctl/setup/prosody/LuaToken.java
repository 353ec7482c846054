// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.prosody;

/**
 * A word of a text in Lua.
 *
 * @param text of a string without its quotes
 * @param line counted from 1
 */
record LuaToken(TokenKind kind, String text, int line) {

    /** The kind of a word. */
    enum TokenKind {
        NAME,
        STRING,
        NUMBER,
        SYMBOL,
        END
    }

    boolean isSymbol(String symbol) {
        return kind == TokenKind.SYMBOL && text.equals(symbol);
    }

    boolean isName(String name) {
        return kind == TokenKind.NAME && text.equals(name);
    }
}
