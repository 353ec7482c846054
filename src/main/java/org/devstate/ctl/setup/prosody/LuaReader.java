// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.prosody;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.devstate.ctl.setup.prosody.LuaToken.TokenKind;
import org.devstate.ctl.setup.prosody.LuaValue.LuaNumber;
import org.devstate.ctl.setup.prosody.LuaValue.LuaTable;
import org.devstate.ctl.setup.prosody.LuaValue.LuaText;
import org.devstate.ctl.setup.prosody.LuaValue.LuaTruth;
import org.devstate.ctl.xmpp.Failure;

/**
 * Reads the part of Lua that configurations of Prosody are written in: settings, hosts, components and includes. A value that Lua would
 * have to work out is unknown; statements of any other kind are errors. Used once.
 */
final class LuaReader {

    private static final Set<String> OTHER_STATEMENTS =
            Set.of("function", "if", "for", "while", "repeat", "do", "return", "break", "goto");
    private static final Set<String> BINARY = Set.of(
            "..", "+", "-", "*", "/", "//", "%", "^", "==", "~=", "<", ">", "<=", ">=", "and", "or", "&", "|", "~",
            "<<", ">>");

    private final LuaSource source;
    private final List<LuaToken> tokens;
    private final LuaActions actions;
    private final Map<String, LuaValue> locals = new HashMap<>();
    private int at;

    private LuaReader(LuaSource source, List<LuaToken> tokens, LuaActions actions) {
        this.source = source;
        this.tokens = tokens;
        this.actions = actions;
    }

    /** Reads a text to its end. */
    static void read(LuaSource source, String text, LuaActions actions) throws Failure {
        LuaReader reader = new LuaReader(source, LuaScanner.scan(source, text), actions);
        while (reader.next().kind() != TokenKind.END) {
            reader.readStatement();
        }
    }

    private LuaToken next() {
        return tokens.get(at);
    }

    private LuaToken take() {
        LuaToken token = tokens.get(at);
        if (token.kind() != TokenKind.END) {
            at++;
        }
        return token;
    }

    private boolean takes(String symbol) {
        boolean taken = next().isSymbol(symbol);
        if (taken) {
            at++;
        }
        return taken;
    }

    private void expect(String symbol) throws Failure {
        LuaToken token = take();
        if (!token.isSymbol(symbol)) {
            throw unclear(token);
        }
    }

    private Failure unclear(LuaToken token) {
        return source.fault(token.line(), token.kind() == TokenKind.END ? token.text() : "'" + token.text() + "'");
    }

    private void readStatement() throws Failure {
        LuaToken first = take();
        if (first.isSymbol(";")) {
            return;
        }
        if (first.kind() != TokenKind.NAME || OTHER_STATEMENTS.contains(first.text())) {
            throw unclear(first);
        }
        if (first.text().equals("local")) {
            readLocal();
        } else if (takes("=")) {
            actions.set(first.text(), value(), first.line());
        } else {
            readCall(first);
        }
    }

    private void readLocal() throws Failure {
        LuaToken name = take();
        if (name.kind() != TokenKind.NAME || OTHER_STATEMENTS.contains(name.text())) {
            throw unclear(name);
        }
        locals.put(name.text(), takes("=") ? value() : LuaValue.UNKNOWN);
    }

    /** A host may be followed by a table with its settings, a component also by its module before that. */
    private void readCall(LuaToken function) throws Failure {
        List<LuaValue> arguments = new ArrayList<>();
        while (startsArguments(next())) {
            arguments.addAll(arguments());
        }
        String name = function.text();
        if (name.equals("RunScript")) {
            return; // it has an environment of its own, and cannot set anything
        }
        if (arguments.isEmpty() || !(arguments.get(0) instanceof LuaText text)) {
            throw unclear(function);
        }
        switch (name) {
            case "VirtualHost", "Host", "host" -> actions.host(text.text());
            case "Component", "component" ->
                actions.component(
                        text.text(),
                        arguments.size() > 1 && arguments.get(1) instanceof LuaText module ? module.text() : null);
            case "Include", "include" -> actions.include(text.text(), function.line());
            default -> throw unclear(function);
        }
        if (arguments.get(arguments.size() - 1) instanceof LuaTable table) {
            for (Map.Entry<String, LuaValue> setting : table.fields().entrySet()) {
                actions.set(setting.getKey(), setting.getValue(), function.line());
            }
            actions.endHost();
        }
    }

    private static boolean startsArguments(LuaToken token) {
        return token.kind() == TokenKind.STRING || token.isSymbol("{") || token.isSymbol("(");
    }

    private List<LuaValue> arguments() throws Failure {
        if (!next().isSymbol("(")) {
            return List.of(primary());
        }
        take();
        List<LuaValue> values = new ArrayList<>();
        while (!takes(")")) {
            values.add(value());
            if (!next().isSymbol(")")) {
                expect(",");
            }
        }
        return values;
    }

    private LuaValue value() throws Failure {
        LuaValue value = unary();
        while (isBinary(next())) {
            String operator = take().text();
            LuaValue other = unary();
            value = operator.equals("..") && value instanceof LuaText left && other instanceof LuaText right
                    ? new LuaText(left.text() + right.text())
                    : LuaValue.UNKNOWN;
        }
        return value;
    }

    private static boolean isBinary(LuaToken token) {
        return (token.kind() == TokenKind.SYMBOL || token.kind() == TokenKind.NAME) && BINARY.contains(token.text());
    }

    private LuaValue unary() throws Failure {
        if (takes("-")) {
            return unary() instanceof LuaNumber amount ? new LuaNumber(-amount.number()) : LuaValue.UNKNOWN;
        }
        if (next().isName("not") || next().isSymbol("#") || next().isSymbol("~")) {
            take();
            unary();
            return LuaValue.UNKNOWN;
        }
        return primary();
    }

    private LuaValue primary() throws Failure {
        LuaToken token = take();
        if (token.kind() == TokenKind.STRING) {
            return new LuaText(token.text());
        }
        if (token.kind() == TokenKind.NUMBER) {
            return number(token);
        }
        if (token.isSymbol("{")) {
            return table();
        }
        if (token.isSymbol("(")) {
            LuaValue inside = value();
            expect(")");
            return suffixed(inside);
        }
        if (token.kind() != TokenKind.NAME || OTHER_STATEMENTS.contains(token.text())) {
            throw unclear(token);
        }
        return switch (token.text()) {
            case "true" -> new LuaTruth(true);
            case "false" -> new LuaTruth(false);
            case "nil" -> LuaValue.UNKNOWN;
            default -> suffixed(locals.getOrDefault(token.text(), LuaValue.UNKNOWN));
        };
    }

    private static LuaValue number(LuaToken token) {
        try {
            return new LuaNumber(Double.parseDouble(token.text()));
        } catch (NumberFormatException e) {
            return LuaValue.UNKNOWN; // such as 0x10
        }
    }

    /** What follows a name or a bracket: fields and calls, whose result is unknown. */
    private LuaValue suffixed(LuaValue value) throws Failure {
        LuaValue result = value;
        while (true) {
            if (takes(".") || takes(":")) {
                take();
            } else if (takes("[")) {
                value();
                expect("]");
            } else if (startsArguments(next())) {
                arguments();
            } else {
                return result;
            }
            result = LuaValue.UNKNOWN;
        }
    }

    private LuaTable table() throws Failure {
        List<LuaValue> items = new ArrayList<>();
        Map<String, LuaValue> fields = new LinkedHashMap<>();
        while (!takes("}")) {
            readField(items, fields);
            if (!takes(",") && !takes(";") && !next().isSymbol("}")) {
                throw unclear(next());
            }
        }
        return new LuaTable(items, fields);
    }

    private void readField(List<LuaValue> items, Map<String, LuaValue> fields) throws Failure {
        LuaToken first = next();
        if (first.kind() == TokenKind.NAME && tokens.get(at + 1).isSymbol("=")) {
            at += 2;
            fields.put(first.text(), value());
        } else if (takes("[")) {
            LuaValue key = value();
            expect("]");
            expect("=");
            LuaValue value = value();
            if (key instanceof LuaText name) {
                fields.put(name.text(), value);
            } else {
                items.add(LuaValue.UNKNOWN.equals(key) ? LuaValue.UNKNOWN : value);
            }
        } else {
            items.add(value());
        }
    }
}
