// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.command;

import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names commands as this program does: the texts of the service name an ad-hoc command, such as {@code devstate-edit-site}, as in an
 * XMPP client; here that is {@code devstatectl edit-site}. Immutable.
 */
public final class CommandNames {

    private static final Pattern NODE = Pattern.compile("\\bdevstate-([a-z]+(?:-[a-z]+)*)");

    private final Set<String> subcommands;

    /** @param subcommands the names of all subcommands */
    public CommandNames(Set<String> subcommands) {
        this.subcommands = Set.copyOf(subcommands);
    }

    /** The text with each ad-hoc command replaced by the subcommand for it; anything else stays as it is. */
    String in(String text) {
        return NODE.matcher(text).replaceAll(this::subcommand);
    }

    private String subcommand(MatchResult node) {
        String name = node.group(1).equals("changes") ? "watch" : node.group(1);
        return Matcher.quoteReplacement(subcommands.contains(name) ? "devstatectl " + name : node.group());
    }
}
