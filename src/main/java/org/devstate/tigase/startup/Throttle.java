// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.startup;

/**
 * How much Tigase lets one client send until it cuts it off; 0 is no limit.
 *
 * @param stanzas stanzas in a minute
 * @param bytes bytes in a minute, either way
 * @param stanzasEver stanzas of a connection
 * @param bytesEver bytes of a connection, either way
 */
record Throttle(long stanzas, long bytes, long stanzasEver, long bytesEver) {

    /** The values of the samples; enough for a hundred thousand entries. */
    static final Throttle SAMPLE = new Throttle(400 * 1024, 400 * 1024 * 1024, 0, 0);

    /** Stanzas that an Asterisk with {@code pubsub_autocreate} sends for each device when it connects; others send one. */
    static final long STANZAS_AN_ENTRY = 3;

    /** Its other stanzas, with room for changes meanwhile. */
    private static final long STANZAS_BESIDES = 100;

    /** Bytes of a stanza, the answer and TLS included; those of Asterisk are 350 to 900 long. */
    private static final long BYTES_A_STANZA = 1_000;

    private static final long KILO = 1_024;
    private static final long MEGA = KILO * KILO;

    /** Whether an Asterisk with that many entries gets through when it connects, and stays connected. */
    boolean lets(long entries) {
        return stanzasEver == 0
                && bytesEver == 0
                && (stanzas == 0 || stanzas > stanzasOf(entries))
                && (bytes == 0 || bytes > bytesOf(entries));
    }

    /** The setting that lets an Asterisk with that many entries through; no less than the samples have. */
    static String settingFor(long entries) {
        long stanzas = Math.max(SAMPLE.stanzas, stanzasOf(entries) + 1);
        long bytes = Math.max(SAMPLE.bytes, bytesOf(entries) + 1);
        return "trafficThrottling = 'xmpp:" + units(stanzas, KILO) + "k:0:disc,bin:" + units(bytes, MEGA) + "m:0:disc'";
    }

    private static long stanzasOf(long entries) {
        return entries * STANZAS_AN_ENTRY + STANZAS_BESIDES;
    }

    private static long bytesOf(long entries) {
        return stanzasOf(entries) * BYTES_A_STANZA;
    }

    private static long units(long amount, long unit) {
        return (amount + unit - 1) / unit;
    }

    /** For people. */
    @Override
    public String toString() {
        String ever = stanzasEver == 0 && bytesEver == 0 ? "" : ", or " + stanzasEver + " and " + bytesEver + " ever";
        return stanzas + " stanzas or " + bytes + " bytes in a minute" + ever + " (0: no limit)";
    }
}
