/**
 * The copy of the service's table that {@code devstatectl serve} shows, and how it stays exact.
 *
 * <p>The service is asked in this order. The first read takes a place in the history before it reads any entry, so every change that
 * happens meanwhile comes after that place:
 *
 * <pre>{@code
 * Result start = ask("devstate-changes", mirror=true);             // lists nothing; its "next" is the place
 * mirror.begin(ChangePage.of(start, max).next());
 * for (Result part = ask("devstate-entries", max=1000); ; part = ask(..., after=next)) {
 *     mirror.read(MirroredEntry.of(part));                         // until a part has no "next"
 * }
 * while (true) {
 *     Result answer = ask("devstate-changes", since=mirror.since(), mirror=true, max=1000, wait=mirror.isCaughtUp() ? 20 : 0);
 *     EntryMirror.Update update = mirror.apply(ChangePage.of(answer, 1000));
 *     // LOST: begin again from the top. RENEWED: clients begin anew. CHANGED: hand update.changes() on.
 * }
 * }</pre>
 */
@NullMarked
package org.devstate.serve.feed;

import org.jspecify.annotations.NullMarked;
