// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.why;

/** The fact that decides the state of a device or mailbox at a server. */
public enum Cause {
    /** No site admits the server. */
    NOT_ADMITTED("not-admitted"),
    NOT_CONNECTED("not-connected"),
    /** It is connected but receives nothing of this kind, because it has not subscribed. */
    NOT_SUBSCRIBED("not-subscribed"),
    /** The name has no entry, but one that differs in upper and lower case only has. */
    CASE("case"),
    /** It was published before a restart of the service, and not since. */
    AWAITED("awaited"),
    /** A publish rule drops it. */
    DROPPED("dropped"),
    /** It is only ever published as non-cachable, which a queue elsewhere shows, but no hint does. */
    NON_CACHABLE("non-cachable"),
    /** Its publishes were rejected. */
    REJECTED("rejected"),
    NEVER_PUBLISHED("never-published"),
    /** A rule denies it. */
    DENIED("denied"),
    SUSPENDED("suspended"),
    /** A newer value is in the queue of the server. */
    WAITING("waiting"),
    /** The publishing server is gone; the offline state is shown. */
    PUBLISHER_GONE("publisher-gone"),
    /** The publishing server is gone; its last state is shown until the grace period is over. */
    GRACE_PERIOD("grace-period"),
    /** The publishing server is connected again, but has not published it since. */
    NOT_REPEATED("not-repeated"),
    /** An administrator set it. */
    BY_HAND("by-hand"),
    /** The server publishes it itself. */
    OWN("own"),
    /** Several servers publish the device, and Asterisk combines their states. */
    COMBINED("combined"),
    /** Several servers publish the mailbox, and the newest value counts. */
    NEWEST("newest"),
    /** One server publishes it, and its value was delivered. */
    DELIVERED("delivered");

    private final String word;

    Cause(String word) {
        this.word = word;
    }

    /** For programs. */
    public String word() {
        return word;
    }
}
