/**
 * Changes of entries. {@link org.devstate.core.entries.EntryRecorder} is the only class that changes the table of entries
 * and that lets notifications leave: publishes, withdrawals, values set by hand, the end of a grace period, restored entries and changes of
 * the policy all go through it. A server's state is stored, and sent to its audience, by
 *
 * <pre>{@code
 * void publish(EntryRecorder recorder, CompiledPolicy policy, Jid publisher, long epoch, long nowMs) {
 *     ItemKey key = new ItemKey(NodeType.DEVICE_STATE, "PJSIP/100", Eid.parse("00:11:22:33:44:01"));
 *     Publication publication = new Publication(key, DeviceState.INUSE, publisher, epoch, nowMs);
 *     recorder.store(publication, policy, outcome -> System.out.println("answered before any subscriber: " + outcome));
 * }
 *
 * void removeAll(EntryRecorder recorder, Eid eid) {
 *     for (NodeType node : NodeType.values()) {
 *         recorder.withdraw(node, entry -> entry.key().eid().equals(eid));
 *     }
 * }
 * }</pre>
 */
@NullMarked
package org.devstate.core.entries;

import org.jspecify.annotations.NullMarked;
