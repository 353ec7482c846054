// SPDX-License-Identifier: Apache-2.0
/** Finds patterns by the fixed text that names begin or end with. */
@NullMarked
package org.devstate.core.policy.index;

import org.jspecify.annotations.NullMarked;
