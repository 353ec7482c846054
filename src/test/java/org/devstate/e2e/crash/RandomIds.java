// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e.crash;

import java.util.List;
import java.util.Random;

/** Ids of devices and mailboxes, of all shapes; not all of them are accepted. The same seed makes the same ones. */
final class RandomIds {

    private static final List<String> TECHNOLOGIES = List.of(
            "SIP/",
            "PJSIP/",
            "IAX2/",
            "DAHDI/",
            "DAHDI/i1/",
            "Local/",
            "Custom:",
            "MWI:",
            "Queue:",
            "Meetme:",
            "meetme:",
            "SLA:",
            "confbridge:",
            "ConfBridge/",
            "park:",
            "Agent:",
            "Agent/",
            "Calendar:",
            "Stasis:",
            "XMPP/",
            "Motif/",
            "SCCP/",
            "USTM/",
            "Console/",
            "MulticastRTP/",
            "UnicastRTP/",
            "AudioSocket/",
            "Snoop/",
            "Bridge/",
            "ccss:",
            "hint:",
            "presence:",
            "CustomPresence:",
            "Invalid/",
            "",
            "/",
            ":");

    private static final List<String> PARTS = List.of(
            "100",
            "berlin-100",
            "sales",
            "trunk",
            "default",
            "from-internal",
            "parkedcalls",
            "701",
            "agent1",
            "*42",
            "_X.",
            "support_avail",
            "00000001",
            "0x7f3a5c0012a8",
            "192.168.1.20:5060",
            "[2001:db8::1]",
            "ch\u00e2teau",
            "S\u00fcdstra\u00dfe",
            "n",
            "s",
            "i",
            "t",
            "h",
            "-1",
            "4294967296",
            "NULL",
            "(null)",
            "none",
            "all",
            "any",
            "true",
            "x".repeat(79),
            "y".repeat(80));

    private static final List<String> JOINTS = List.of(
            "@", "/", "-", ":", ";1", ";2", "/n", ",", "|", "^", "~", "%s", "%n", "%", "\\", "${X}", "$[1+1]", "..",
            ".", "=", "+", "#", "*", "?", "!", "(", ")", "[", "]", "{", "}", "`", "_", " ", "@@", "//", "::");

    /** The first and the last code point of ranges that have their own troubles. */
    private static final int[][] RANGES = {
        {0x20, 0x7e},
        {0xa0, 0xff},
        {0x100, 0x24f},
        {0x300, 0x36f},
        {0x370, 0x3ff},
        {0x400, 0x4ff},
        {0x590, 0x6ff},
        {0x900, 0x97f},
        {0x2000, 0x206f},
        {0x20a0, 0x20cf},
        {0x2190, 0x27bf},
        {0x3000, 0x30ff},
        {0x4e00, 0x9fff},
        {0xac00, 0xd7a3},
        {0xe000, 0xf8ff},
        {0xfb00, 0xfdff},
        {0xfe00, 0xfe2f},
        {0xfe70, 0xfffd},
        {0x10000, 0x100ff},
        {0x1d400, 0x1d7ff},
        {0x1f300, 0x1faff},
        {0x20000, 0x2a6df},
        {0xe0000, 0xe01ef},
        {0xf0000, 0xffffd},
        {0x100000, 0x10fffd},
        {0x7f, 0x9f},
        {0xd7f0, 0xe010}
    };

    private static final int[] LENGTHS = {1, 2, 3, 74, 75, 76, 78, 79, 80, 81, 127, 128, 129, 254, 255, 256};

    private final Random random;

    RandomIds(Random random) {
        this.random = random;
    }

    /** A device. */
    String device() {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> pick(TECHNOLOGIES) + part();
            case 3 -> pick(TECHNOLOGIES) + part() + pick(JOINTS) + part();
            case 4 -> pick(TECHNOLOGIES) + part() + pick(JOINTS) + part() + pick(JOINTS);
            case 5 -> joints();
            case 6 -> ofLength(pick(TECHNOLOGIES));
            default -> text(1 + random.nextInt(60));
        };
    }

    /** A mailbox. */
    String mailbox() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> random.nextInt(10_000) + "@" + part();
            case 2, 3 -> part() + "@" + part();
            case 4 -> device();
            case 5 -> joints();
            case 6 -> ofLength(part() + "@");
            default -> text(random.nextInt(20)) + "@" + text(random.nextInt(20));
        };
    }

    private String part() {
        return switch (random.nextInt(4)) {
            case 0 -> Integer.toString(random.nextInt(1_000_000));
            case 1 -> text(1 + random.nextInt(12));
            default -> pick(PARTS);
        };
    }

    /** Only characters that join names: one to four, so that all single ones and many pairs come. */
    private String joints() {
        StringBuilder id = new StringBuilder();
        for (int more = random.nextInt(4); more >= 0; more--) {
            id.append(pick(JOINTS));
        }
        return id.toString();
    }

    /** Filled up to a length in bytes that is at some edge, give or take a character. */
    private String ofLength(String start) {
        int[] range = RANGES[random.nextInt(RANGES.length)];
        int bytes = LENGTHS[random.nextInt(LENGTHS.length)];
        StringBuilder id = new StringBuilder(start);
        for (int length = start.length(); length < bytes; ) {
            int c = within(range);
            id.appendCodePoint(c);
            length += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
        }
        return id.toString();
    }

    private String text(int characters) {
        StringBuilder text = new StringBuilder();
        int[] range = RANGES[random.nextInt(RANGES.length)];
        boolean mixed = random.nextBoolean();
        for (int i = 0; i < characters; i++) {
            text.appendCodePoint(within(mixed ? RANGES[random.nextInt(RANGES.length)] : range));
        }
        return text.toString();
    }

    private int within(int[] range) {
        return range[0] + random.nextInt(range[1] - range[0] + 1);
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}
