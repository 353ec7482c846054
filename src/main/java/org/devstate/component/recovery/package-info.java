/**
 * What the component does about sessions whose subscription, or whose publishes, it may have missed: it has the XMPP server end them, so that
 * Asterisk logs in again; where it may not, it takes up their persisted subscriptions and says so.
 */
@NullMarked
package org.devstate.component.recovery;

import org.jspecify.annotations.NullMarked;
