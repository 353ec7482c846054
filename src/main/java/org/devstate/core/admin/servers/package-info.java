/** Commands about the Asterisk servers, their accounts and EIDs. */
@NullMarked
package org.devstate.core.admin.servers;

import org.jspecify.annotations.NullMarked;
