// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.http;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers requests that are so invalid that they reach no route, in the form of all errors. */
final class ProblemErrorHandler extends ErrorHandler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        ReplyWriter.addSafety(response.getHeaders());
        ReplyWriter.write(
                new BodyReply(status, Problem.TYPE, Problem.body(status, detail(status))), request, response, callback);
        return true;
    }

    private static String detail(int status) {
        return switch (status) {
            case 414 -> "the URI is too long";
            case 431 -> "the headers are too long";
            case 400 -> "the request is no valid HTTP";
            case 408 -> "the request did not arrive in time";
            case 503 -> "the server is busy or about to end";
            default -> "the request cannot be answered";
        };
    }
}
