// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.servers;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.devstate.testbed.Asterisk;
import org.devstate.testbed.Await;

/**
 * Two real Asterisk servers that share their device states.
 *
 * @param isSharing whether one of them does
 */
public record AsteriskPair(Asterisk from, Asterisk to, Predicate<Asterisk> isSharing) implements AutoCloseable {

    /** The account of the one that changes states. */
    public static final String PUBLISHER = Users.publishers(1).get(0);

    /** The account of the other one. */
    public static final String SUBSCRIBER = Users.subscribers(0, 1).get(0);

    /** Starts both. */
    static AsteriskPair of(Supplier<Asterisk> from, Supplier<Asterisk> to, Predicate<Asterisk> isSharing) {
        Asterisk first = from.get();
        try {
            return new AsteriskPair(first, to.get(), isSharing);
        } catch (RuntimeException | AssertionError e) {
            first.close();
            throw e;
        }
    }

    /** Returns whether each shares its states within that time. */
    public boolean await(Duration limit) {
        try {
            for (Asterisk one : List.of(from, to)) {
                Await.until(one.name() + " shares its states", limit, () -> isSharing.test(one));
            }
            return true;
        } catch (AssertionError e) {
            return false;
        }
    }

    public List<Long> pids() {
        return List.of(from.pid(), to.pid());
    }

    @Override
    public void close() {
        from.close();
        to.close();
    }
}
