/** The policy: sites, their accounts, EIDs, rules and limits, and the compiled policy. */
@NullMarked
package org.devstate.core.policy;

import org.jspecify.annotations.NullMarked;
