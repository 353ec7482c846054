// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes hostile stanzas out of good ones: about half of them are well-formed still. The same seed makes the same ones. */
public final class Mutants {

    /** Parts that break markup. */
    private static final List<String> MARKUP =
            parts("<¦</¦/>¦>¦'¦\"¦&¦&amp¦&#¦]]>¦<![CDATA[x]]>¦<![CDATA[<iq/>]]>¦<!--x-->¦<?x?>"
                    + "¦<a/>¦<a>¦</a>¦</iq>¦<iq/>¦<item/>¦<state/>¦<x:y/>¦ xmlns=''¦ xmlns='urn:\u00e9'¦ xmlns='http://asterisk.org'"
                    + "¦ xmlns='jabber:client'¦ xmlns:x='urn:x' x:from='bob@example.net'¦ xmlns:x='urn:x' x:id='y'"
                    + "¦ from='mallory@elsewhere.org/x'¦ id=''¦ node=''¦ type='get'¦ jid='@/'");

    /** Parts that break the meaning of values, and characters. Those that are no XML come last. */
    private static final List<String> VALUES =
            parts("¦\n¦a\tb\r¦&amp;¦&lt;¦&gt;¦&quot;¦&apos;¦&#9;¦&#10;¦&#13;¦&#65;¦&#x85;¦&#x1F600;"
                    + "¦&amp;lt;¦device_state¦message_waiting¦PJSIP/100¦500@default¦INUSE¦inuse¦ BUSY ¦-1¦0¦1000000¦1e3¦\u0663"
                    + "¦99999999999999999999¦00:11:22:33:44:5B¦00:11:22:33:44¦zz:11:22:33:44:5a¦get¦set¦http://asterisk.org"
                    + "¦bob@example.net¦alice@example.net/\ud83d\ude00¦jabber:client¦\u007f¦\u00a0¦\u2028¦\u202e¦\u0301¦\ufdd0"
                    + "¦\ud83d\ude00¦\ufeff"
                    + "¦&#1;¦&#0;¦&#xD800;¦&#xFFFE;¦&#x110000;¦&nbsp;¦&a;¦\u0001¦\u0000¦\ufffe¦\ud83d");

    private static final Pattern VALUE = Pattern.compile("='([^']*)'");
    private static final Pattern TEXT = Pattern.compile(">([^<]*)<");
    private static final Pattern NAME = Pattern.compile("</?([A-Za-z-]+)");
    private static final Pattern ATTRIBUTE = Pattern.compile(" [a-z:]+='[^']*'");
    private static final Pattern ELEMENT = Pattern.compile("<([a-z]+)[^<]*(</\\1>|(?<=/)>)");

    private final Random random;
    private final List<String> good;

    /** @param good the valid stanzas to mutate */
    public Mutants(long seed, List<String> good) {
        this.random = new Random(seed);
        this.good = List.copyOf(good);
    }

    /** The next one, as it comes from the network. */
    public byte[] next() {
        String stanza = pick(good);
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            stanza = change(stanza);
        }
        byte[] bytes = stanza.getBytes(StandardCharsets.UTF_8);
        return random.nextInt(10) == 0 ? tearBytes(bytes) : bytes;
    }

    private String change(String stanza) {
        return switch (random.nextInt(14)) {
            case 0 -> insert(stanza, random.nextInt(stanza.length() + 1), part());
            case 1 -> cut(stanza);
            case 2 -> insert(stanza, random.nextInt(stanza.length() + 1), cutOut(stanza));
            case 3, 4, 5 -> replace(stanza, VALUE, 1, value());
            case 6, 7 -> replace(stanza, TEXT, 1, value());
            case 8 ->
                replace(
                        stanza,
                        NAME,
                        1,
                        pick(List.of("x", "item", "state", "mailbox", "pubsub", "x:y", "publish", "iq")));
            case 9 -> replace(stanza, ATTRIBUTE, 0, random.nextBoolean() ? "" : pick(MARKUP));
            case 10 -> twice(stanza, random.nextBoolean() ? ELEMENT : ATTRIBUTE);
            case 11 -> replace(stanza, TEXT, 1, nested());
            case 12 -> replace(stanza, ELEMENT, 0, random.nextBoolean() ? "" : cutOut(pick(good)));
            default -> prefix(stanza);
        };
    }

    /** A text that is well-formed more often than not. */
    private String value() {
        return switch (random.nextInt(6)) {
            case 0 -> "";
            case 1 -> pick(VALUES).repeat(1 + random.nextInt(400));
            case 2 -> "x".repeat(random.nextInt(20_000));
            case 3 -> Character.toString(random.nextInt(Character.MAX_CODE_POINT + 1));
            default -> pick(VALUES);
        };
    }

    private String nested() {
        int depth = random.nextInt(500);
        return "<a>".repeat(depth) + part() + "</a>".repeat(depth);
    }

    private String prefix(String stanza) {
        Matcher matcher = Pattern.compile("<([a-z]+)([^<>]*)/>").matcher(stanza);
        String prefix = random.nextBoolean() ? "x" : "p".repeat(1 + random.nextInt(400));
        return matcher.replaceFirst("<" + prefix + ":$1 xmlns:" + prefix + "='urn:x'$2/>");
    }

    private String replace(String stanza, Pattern pattern, int group, String replacement) {
        List<MatchResult> places = pattern.matcher(stanza).results().toList();
        if (places.isEmpty()) {
            return stanza;
        }
        MatchResult place = pick(places);
        return stanza.substring(0, place.start(group)) + replacement + stanza.substring(place.end(group));
    }

    private String twice(String stanza, Pattern pattern) {
        List<MatchResult> places = pattern.matcher(stanza).results().toList();
        return places.isEmpty()
                ? stanza
                : insert(stanza, pick(places).end(), pick(places).group());
    }

    private String cut(String stanza) {
        int from = random.nextInt(stanza.length() + 1);
        int to = Math.min(stanza.length(), from + random.nextInt(40));
        return stanza.substring(0, from) + stanza.substring(to);
    }

    private String cutOut(String stanza) {
        int from = random.nextInt(stanza.length() + 1);
        return stanza.substring(from, Math.min(stanza.length(), from + random.nextInt(200)));
    }

    private byte[] tearBytes(byte[] bytes) {
        List<Byte> torn = new ArrayList<>();
        int place = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            torn.add(i == place ? (byte) random.nextInt() : bytes[i]);
            if (i == place && random.nextBoolean()) {
                torn.add((byte) (0x80 + random.nextInt(0x80)));
            }
        }
        byte[] result = new byte[torn.size()];
        for (int i = 0; i < result.length; i++) {
            result[i] = torn.get(i);
        }
        return result;
    }

    private static List<String> parts(String joined) {
        return List.of(joined.split("¦"));
    }

    private String part() {
        return pick(random.nextBoolean() ? MARKUP : VALUES);
    }

    private static String insert(String text, int at, String part) {
        return text.substring(0, at) + part + text.substring(at);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
