// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the relevant parts of a stanza's bytes, without a copy. For one thread; moved from one stanza to the next. */
final class StanzaBytes {

    private static final byte[] ITEM = ascii("<item ");
    private static final byte[] STATE = ascii("<state");
    private static final byte[] ID = ascii(" id=");
    private static final byte[] TYPE = ascii(" type=");

    private byte[] bytes = {};
    private int from;
    private int to;

    /** Puts it over a stanza. */
    StanzaBytes at(byte[] buffer, int first, int end) {
        bytes = buffer;
        from = first;
        to = end;
        return this;
    }

    int length() {
        return to - from;
    }

    /** Whether the element's name begins so. */
    boolean is(String name) {
        int start = from;
        while (bytes[start] != '<') {
            start++;
        }
        return startsWith(start + 1, name);
    }

    /** Whether it is an IQ that answers another: servers ask, too. */
    boolean isAnswer() {
        int value = is("iq") ? attribute(from, TYPE) : -1;
        return value >= 0 && (startsWith(value, "result") || startsWith(value, "error"));
    }

    /** Whether it is an IQ with an error. */
    boolean isError() {
        int value = attribute(from, TYPE);
        return value >= 0 && startsWith(value, "error");
    }

    /** The number that the stanza's own id ends with; -1 if it has none. */
    long idNumber() {
        int value = attribute(from, ID);
        return value < 0 ? -1 : numberAtEnd(value);
    }

    /** The number that the id of its first item ends with; -1 if there is none. */
    int itemNumber() {
        int item = find(ITEM, from, to);
        int value = item < 0 ? -1 : attribute(item, ID);
        return value < 0 ? -1 : (int) numberAtEnd(value);
    }

    /** The index in {@code words} of the text of its first state; -1 for none. */
    int word(byte[][] words) {
        int state = find(STATE, from, to);
        int text = state < 0 ? -1 : find('>', state) + 1;
        for (int i = 0; text > 0 && i < words.length; i++) {
            int end = text + words[i].length;
            if (end < to && bytes[end] == '<' && matches(words[i], text)) {
                return i;
            }
        }
        return -1;
    }

    /** Whether those bytes are somewhere in it. */
    boolean has(byte[] what) {
        return find(what, from, to) >= 0;
    }

    /** A copy of the bytes from the first {@code begin} to the first {@code end}, both of them included; empty for none. */
    byte[] part(byte[] begin, byte[] end) {
        int first = find(begin, from, to);
        int last = first < 0 ? -1 : find(end, first, to);
        return last < 0 ? new byte[0] : Arrays.copyOfRange(bytes, first, last + end.length);
    }

    /** As text, for a person. */
    String text() {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    /** The place of the value of an attribute of the tag that begins there. */
    private int attribute(int tag, byte[] name) {
        int end = find('>', tag);
        int at = end < 0 ? -1 : find(name, tag, end);
        return at < 0 ? -1 : at + name.length + 1;
    }

    private long numberAtEnd(int start) {
        long number = -1;
        for (int at = start; at < to && bytes[at] != '\'' && bytes[at] != '"'; at++) {
            int digit = bytes[at] - '0';
            number = digit < 0 || digit > 9 ? -1 : Math.max(number, 0) * 10 + digit;
        }
        return number;
    }

    private boolean startsWith(int at, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (at + i >= to || bytes[at + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private int find(char c, int start) {
        for (int at = start; at < to; at++) {
            if (bytes[at] == c) {
                return at;
            }
        }
        return -1;
    }

    private int find(byte[] what, int start, int end) {
        for (int at = start; at <= end - what.length; at++) {
            if (bytes[at] == what[0] && matches(what, at)) {
                return at;
            }
        }
        return -1;
    }

    private boolean matches(byte[] what, int at) {
        for (int i = 0; i < what.length; i++) {
            if (bytes[at + i] != what[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
