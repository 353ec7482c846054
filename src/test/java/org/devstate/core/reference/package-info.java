/**
 * The service against a model that is written from the rules of the design and is too simple to be wrong: plain maps, no delay,
 * no coalescing. {@code ServiceAgainstModelTest} runs random {@code Step}s on both.
 */
@NullMarked
package org.devstate.core.reference;

import org.jspecify.annotations.NullMarked;
