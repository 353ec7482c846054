/**
 * XEP-0060 as Asterisk's res_xmpp uses it. {@link org.devstate.core.protocol.RequestParser} reads a stanza through an {@link
 * org.devstate.core.protocol.ElementView} into a sealed {@link org.devstate.core.protocol.Request}; {@link org.devstate.core.protocol.Replies} and
 * {@link org.devstate.core.protocol.NotificationWriter} write {@link org.devstate.core.protocol.XmlElement}s. No part of a stanza that was
 * received is ever passed on.
 */
@NullMarked
package org.devstate.core.protocol;

import org.jspecify.annotations.NullMarked;
