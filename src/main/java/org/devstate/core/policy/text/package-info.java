/** The policy as text: the grammar of {@code sites.policy}, with errors that name line and column. */
@NullMarked
package org.devstate.core.policy.text;

import org.jspecify.annotations.NullMarked;
