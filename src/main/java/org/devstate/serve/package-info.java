/**
 * {@code devstatectl serve}: the wallboard, the API and the metrics by HTTP. {@link org.devstate.serve.Serve} is the entry. It logs in as
 * the other commands do, follows the service ({@link org.devstate.serve.feed}), and answers browsers and programs
 * ({@link org.devstate.serve.http}, {@link org.devstate.serve.api}).
 */
@NullMarked
package org.devstate.serve;

import org.jspecify.annotations.NullMarked;
