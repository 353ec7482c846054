/** What a person probably meant who wrote a name that is not known, or a rule that does not match. */
@NullMarked
package org.devstate.core.policy.hints;

import org.jspecify.annotations.NullMarked;
