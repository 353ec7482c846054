/**
 * The copy of the service's table that {@code devstatectl serve} shows, and how it stays exact.
 *
 * <p>{@link org.devstate.serve.feed.FeedFollower} asks the service in this order. It takes a place in the history before it reads any
 * entry, so every change that happens meanwhile comes after that place:
 *
 * <ol>
 *   <li>{@code devstate-changes} with {@code mirror} lists nothing; its {@code next} is the place.
 *   <li>{@code devstate-entries}, until a part has no {@code next}.
 *   <li>{@code devstate-changes} with {@code mirror} and {@code since}, again and again. {@code wait} has the service hold its answer back
 *       until there is a change. If changes are lost, all begins anew.
 * </ol>
 *
 * <p>{@link org.devstate.serve.feed.Feed} has the copy, the tables that {@link org.devstate.serve.feed.FigureReader} reads, and the
 * {@link org.devstate.serve.feed.EventLog} of what happens.
 */
@NullMarked
package org.devstate.serve.feed;

import org.jspecify.annotations.NullMarked;
