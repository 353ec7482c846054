// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.http;

import org.devstate.ctl.xmpp.Failure;

/** Answers the requests of a route. Called by many threads. */
public interface RouteHandler {

    /**
     * Answers a request, whose caller has the right that the route needs.
     *
     * @throws Problem if it is invalid
     * @throws Failure if the service cannot be reached (503), or rejects (400)
     */
    HttpReply handle(HttpCall call) throws Problem, Failure;
}
