// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.http;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.serve.security.Caller;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the route of each request, checks what it needs, and answers. Thread-safe. */
final class FrontHandler extends Handler.Abstract {

    private static final Logger LOG = LoggerFactory.getLogger(FrontHandler.class);

    private final List<Route> routes;
    private final PageFiles page;
    private final RequestGuards guards;
    private final StreamHub hub;

    FrontHandler(List<Route> routes, PageFiles page, RequestGuards guards, StreamHub hub) {
        this.routes = List.copyOf(routes);
        this.page = page;
        this.guards = guards;
        this.hub = hub;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        ReplyWriter.addSafety(response.getHeaders());
        HttpReply reply = reply(request);
        if (reply instanceof BodyReply body) {
            ReplyWriter.write(body, request, response, callback);
        } else if (reply instanceof StreamReply stream) {
            hub.open(stream, request, response, callback);
        }
        return true;
    }

    private HttpReply reply(Request request) {
        try {
            HttpReply reply = answer(request);
            if (reply instanceof StreamReply && request.getMethod().equals("HEAD")) {
                return new BodyReply(HttpStatus.OK_200, StreamHub.TYPE, new byte[0]);
            }
            return reply instanceof StreamReply ? hub.checked(reply) : reply;
        } catch (Problem e) {
            return e.reply();
        } catch (Failure e) {
            return problem(e).reply();
        } catch (RuntimeException e) {
            LOG.error("A request for {} failed", request.getHttpURI().getPath(), e);
            return Problem.of(HttpStatus.INTERNAL_SERVER_ERROR_500, "this is an error of devstatectl; its log has more")
                    .reply();
        }
    }

    private static Problem problem(Failure failure) {
        return failure.status() == Failure.UNREACHABLE
                ? Problem.of(HttpStatus.SERVICE_UNAVAILABLE_503, failure.text()).with("Retry-After", "2")
                : Problem.invalid(failure.text());
    }

    private HttpReply answer(Request request) throws Problem, Failure {
        guards.checkHost(request);
        String path = request.getHttpURI().getPath();
        List<String> segments = UriParts.segments(path == null ? "/" : path);
        String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        TreeSet<String> allowed = new TreeSet<>();
        for (Route route : routes) {
            Map<String, String> values = route.match(segments);
            if (values != null && route.method().equals(method)) {
                return answer(route, values, request);
            }
            if (values != null) {
                allowed.add(route.method());
            }
        }
        guards.admit(request);
        BodyReply file = allowed.isEmpty() && segments.size() == 1 ? page.find(segments.get(0)) : null;
        if (file != null && method.equals("GET")) {
            return file;
        }
        if (file != null) {
            allowed.add("GET");
        }
        if (allowed.isEmpty()) {
            throw Problem.of(
                    HttpStatus.NOT_FOUND_404, "there is nothing at this path; /api/v1/openapi.json lists all paths");
        }
        if (allowed.contains("GET")) {
            allowed.add("HEAD");
        }
        String methods = String.join(", ", allowed);
        throw Problem.of(HttpStatus.METHOD_NOT_ALLOWED_405, "this path has the methods " + methods)
                .with("Allow", methods);
    }

    private HttpReply answer(Route route, Map<String, String> values, Request request) throws Problem, Failure {
        Caller caller = route.need() == Route.Need.NOTHING ? Caller.ANYONE : guards.admit(request);
        guards.check(route.need(), caller, request);
        Map<String, String> query = UriParts.query(request.getHttpURI().getQuery());
        for (String name : query.keySet()) {
            if (!route.parameters().contains(name)) {
                throw Problem.invalid("unknown parameter '" + name + "'; "
                        + (route.parameters().isEmpty()
                                ? "this path has none"
                                : "this path has " + String.join(", ", route.parameters())));
            }
        }
        return route.handler().handle(new HttpCall(request, caller, values, query));
    }
}
