// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.http;

import org.devstate.serve.security.Caller;

/**
 * Server-sent events, until one side ends them.
 *
 * @param caller whose rights are checked again and again
 * @param source of the events
 */
public record StreamReply(Caller caller, StreamSource source) implements HttpReply {}
