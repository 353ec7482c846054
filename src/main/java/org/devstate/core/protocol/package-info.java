/**
 * XEP-0060 as Asterisk's res_xmpp speaks it: what comes in is read through an {@link ElementView} into a sealed
 * {@link Request}, what goes out is written as an {@link XmlElement}. Nothing that came in is ever passed through.
 *
 * <pre>{@code
 * Request request = RequestParser.parse(iq, leaves);  // null: not about our nodes
 * XmlElement reply = Replies.result(iq, service);     // or Replies.error(iq, service, request.target(), error)
 * XmlElement message = event.to(service, receiver);   // one item, headline
 * }</pre>
 */
@NullMarked
package org.devstate.core.protocol;

import org.jspecify.annotations.NullMarked;
