// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.http;

/** The answer to a request: a body, or a stream of events. */
public sealed interface HttpReply permits BodyReply, StreamReply {}
