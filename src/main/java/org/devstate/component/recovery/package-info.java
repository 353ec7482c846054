/**
 * Recovery of sessions whose subscription or publishes the component may have missed. The component has the XMPP server end them, so that
 * Asterisk logs in again. If it is not permitted to, it resumes their persisted subscriptions and logs that.
 */
@NullMarked
package org.devstate.component.recovery;

import org.jspecify.annotations.NullMarked;
