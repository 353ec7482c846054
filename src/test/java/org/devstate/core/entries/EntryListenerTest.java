// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.entries;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.devstate.core.model.DeviceState;
import org.devstate.core.model.Eid;
import org.devstate.core.model.Entry;
import org.devstate.core.model.ItemKey;
import org.devstate.core.model.Jid;
import org.devstate.core.model.NodeType;
import org.devstate.core.model.Notification;
import org.devstate.core.model.Publication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two listeners as one: each call reaches both, whichever methods there are. */
final class EntryListenerTest {

    private static final Jid ALICE = Jid.of("alice@example.net/a");
    private static final ItemKey PHONE = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/100", new Eid(1));
    private static final Entry ENTRY = new Entry(new Publication(PHONE, DeviceState.INUSE, ALICE, 7, 5), 1);
    private static final Entry LATER = ENTRY.changedAt(6);
    private static final Entry LATEST = ENTRY.changedAt(8);
    private static final Notification NOTIFICATION = Notification.of(ENTRY);

    /** One call of a listener. */
    private record ListenerCall(String listener, Method method, List<Object> arguments) {}

    private final List<ListenerCall> calls = new ArrayList<>();

    /** In an order that does not change, because PIT finds each by its number. */
    static Stream<Method> methods() {
        return Stream.of(EntryListener.class.getMethods())
                .filter(method -> !Modifier.isStatic(method.getModifiers()))
                .filter(method -> !method.getName().equals("and"))
                .sorted(Comparator.comparing(Method::toString));
    }

    @ParameterizedTest
    @MethodSource("methods")
    void bothListenersAreCalledOneAfterTheOther(Method method) throws ReflectiveOperationException {
        Object[] arguments = Stream.of(method.getParameterTypes())
                .map(EntryListenerTest::sample)
                .toArray();
        method.invoke(listener("first", ENTRY, 0).and(listener("second", ENTRY, 0)), arguments);

        List<Object> given = Arrays.asList(arguments);
        assertThat(calls)
                .containsExactly(new ListenerCall("first", method, given), new ListenerCall("second", method, given));
    }

    @Test
    void theSecondListenerIsGivenTheRepeatedEntryOfTheFirst() {
        assertThat(listener("first", LATER, 0)
                        .and(listener("second", LATEST, 0))
                        .repeated(ENTRY, 9))
                .isEqualTo(LATEST);
        assertThat(calls).extracting(ListenerCall::arguments).containsExactly(List.of(ENTRY, 9L), List.of(LATER, 9L));
    }

    @Test
    void theLaterTimeCounts() {
        EntryListener laterSecond = listener("first", ENTRY, 3).and(listener("second", ENTRY, 4));
        assertThat(laterSecond.removedAtMs(PHONE)).isEqualTo(4);
        assertThat(laterSecond.timeOfChange(PHONE, 1, 2)).isEqualTo(4);
        EntryListener laterFirst = listener("first", ENTRY, 6).and(listener("second", ENTRY, 5));
        assertThat(laterFirst.removedAtMs(PHONE)).isEqualTo(6);
        assertThat(laterFirst.timeOfChange(PHONE, 1, 2)).isEqualTo(6);
    }

    /** A listener that records its calls, and returns {@code entry} or {@code ms} if anything. */
    private EntryListener listener(String name, Entry entry, long ms) {
        return (EntryListener) Proxy.newProxyInstance(
                EntryListener.class.getClassLoader(), new Class<?>[] {EntryListener.class}, (proxy, method, given) -> {
                    if (method.getName().equals("and")) {
                        return InvocationHandler.invokeDefault(proxy, method, given);
                    }
                    calls.add(new ListenerCall(name, method, Arrays.asList(given)));
                    return method.getReturnType() == Entry.class
                            ? entry
                            : method.getReturnType() == long.class ? ms : null;
                });
    }

    private static Object sample(Class<?> type) {
        List<Object> samples = List.of(ENTRY, NOTIFICATION, PHONE, ALICE.account(), 9L);
        return type == long.class
                ? 9L
                : samples.stream().filter(type::isInstance).findFirst().orElseThrow(() -> new AssertionError(type));
    }
}
