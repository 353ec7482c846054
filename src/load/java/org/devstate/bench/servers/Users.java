// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.servers;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The accounts that take part. */
public final class Users {

    private Users() {}

    /** The publishers. */
    public static List<String> publishers(int count) {
        return named("pbxp", 0, count);
    }

    /** The subscribers, numbered from {@code from} to before {@code to}. */
    public static List<String> subscribers(int from, int to) {
        return named("pbx", from, to);
    }

    /** The subscribers with a window of 200 ms, if there are windows. */
    public static List<String> slow(int count) {
        return named("slow", 0, count);
    }

    /** All of them. */
    public static List<String> all(int publishers, int subscribers, int slow) {
        return new ArrayList<>(Stream.of(publishers(publishers), subscribers(0, subscribers), slow(slow))
                .flatMap(List::stream)
                .toList());
    }

    private static List<String> named(String prefix, int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> prefix + i).toList();
    }
}
