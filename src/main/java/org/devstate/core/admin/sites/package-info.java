/** Commands about sites and the policy. */
@NullMarked
package org.devstate.core.admin.sites;

import org.jspecify.annotations.NullMarked;
