// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.http;

import java.time.Duration;
import java.util.List;
import org.devstate.serve.http.Route.Need;
import org.devstate.serve.security.AttemptLimit;
import org.devstate.serve.security.Authenticator;
import org.devstate.serve.security.Authenticator.Admission;
import org.devstate.serve.security.Caller;
import org.devstate.serve.security.RequestOrigin;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;

/**
 * The checks before a request is answered.
 *
 * @param authenticator finds out who calls
 * @param origin whether a request was meant for this server
 * @param live how often a client may have the service asked
 * @param isBehindProxy whether a proxy names the client's address, as the last one in {@code X-Forwarded-For}
 */
public record RequestGuards(
        Authenticator authenticator, RequestOrigin origin, AttemptLimit live, boolean isBehindProxy) {

    void checkHost(Request request) throws Problem {
        String host = host(request);
        if (!origin.isForThisHost(host)) {
            throw Problem.of(
                    HttpStatus.MISDIRECTED_REQUEST_421,
                    "this server is not called '" + host + "'; use the address that it reported at its start");
        }
    }

    Caller admit(Request request) throws Problem {
        Admission admission = authenticator.admit(request.getHeaders().get(HttpHeader.AUTHORIZATION), address(request));
        if (admission instanceof Admission.Admitted admitted) {
            return admitted.caller();
        }
        if (admission instanceof Admission.TooOften often) {
            throw tooMany("too many failed logins from your address", often.pause());
        }
        String reason = admission instanceof Admission.Unknown unknown ? unknown.reason() : "";
        throw Problem.of(HttpStatus.UNAUTHORIZED_401, reason)
                .with("WWW-Authenticate", "Basic realm=\"devstate\", charset=\"UTF-8\", Bearer realm=\"devstate\"");
    }

    void check(Need need, Caller caller, Request request) throws Problem {
        if (need == Need.LOOK_AT_ALL && caller.rights().isLimited()) {
            throw Problem.of(
                    HttpStatus.FORBIDDEN_403,
                    "this shows all sites; " + caller.name() + " may look at some only: " + caller.rights());
        }
        if (need == Need.SET) {
            checkSet(caller, request);
        }
        if (need == Need.SET || need == Need.LOOK_LIVE) {
            Duration pause = live.take(caller.name() + ' ' + address(request));
            if (!pause.isZero()) {
                throw tooMany("too many requests that take the service's time", pause);
            }
        }
    }

    private void checkSet(Caller caller, Request request) throws Problem {
        HttpFields headers = request.getHeaders();
        if (!origin.mayChange(host(request), headers.get(HttpHeader.ORIGIN), headers.get("Sec-Fetch-Site"))) {
            throw Problem.of(HttpStatus.FORBIDDEN_403, "a page of another origin may not change anything here");
        }
        if (!caller.rights().maySet()) {
            throw Problem.of(
                    HttpStatus.FORBIDDEN_403,
                    authenticator.isNeeded()
                            ? caller.name() + " has not the right set in the users file"
                            : "setting entries takes a user with the right set; start with --users");
        }
    }

    private static Problem tooMany(String what, Duration pause) {
        long seconds = Math.max(1, pause.plusMillis(999).toSeconds());
        return Problem.of(HttpStatus.TOO_MANY_REQUESTS_429, what + "; try again in " + seconds + " s")
                .with("Retry-After", String.valueOf(seconds));
    }

    private static String host(Request request) {
        String host = request.getHeaders().get(HttpHeader.HOST);
        return host == null ? "" : host;
    }

    /** Of several addresses, only the last one is the proxy's: a client can send others itself. */
    private String address(Request request) {
        List<String> forwarded = isBehindProxy ? request.getHeaders().getCSV("X-Forwarded-For", false) : List.of();
        return forwarded.isEmpty() ? Request.getRemoteAddr(request) : forwarded.get(forwarded.size() - 1);
    }
}
