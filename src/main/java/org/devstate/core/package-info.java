/**
 * The service, {@link org.devstate.core.DeviceStateService}. The core names no XMPP library, no host and no clock of its own, which a test
 * holds. {@code src/site/markdown/architecture.md} follows one publish through it. A host makes a service for each address, and gives it
 * the stanzas that are sent there:
 *
 * <pre>{@code
 * DeviceStateService serve(Clock clock, Scheduler scheduler, StanzaSender sender) {
 *     Policy policy = Policy.ofOneSite(AccountGlobs.of(List.of("pbx*@example.net")), LeaseTerms.DEFAULT);
 *     Host host = new Host(clock, scheduler, sender);
 *     return new DeviceStateService(Jid.of("devstate.example.net"), NodeOwnership.SOLE, policy, host);
 * }
 *
 * void received(DeviceStateService service, Jid from, ElementView stanza) {
 *     boolean ours = service.handle(from, stanza); // the answer, and the notifications, go to the sender
 * }
 * }</pre>
 */
@NullMarked
package org.devstate.core;

import org.jspecify.annotations.NullMarked;
