// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.xmpp;

import org.jivesoftware.smack.packet.StanzaError;

/** Explains errors of answers. Stateless. */
final class ErrorText {

    private ErrorText() {}

    static Failure because(CommandCall request, Login login, StanzaError error) {
        String service = request.to();
        return switch (error.getCondition()) {
            case forbidden, not_authorized ->
                Failure.rejected(login.account() + " is not an administrator of " + service
                        + ": only one of its admins may do this");
            case item_not_found, feature_not_implemented -> unknown(request, error);
            case remote_server_not_found, remote_server_timeout, service_unavailable, recipient_unavailable ->
                notThere(request, login, error);
            case not_allowed -> request.session() == null ? notThere(request, login, error) : otherwise(request, error);
            case conflict -> Failure.conflict(otherwise(request, error).text());
            case resource_constraint -> Failure.rejected(service + detail(error));
            default -> otherwise(request, error);
        };
    }

    private static Failure unknown(CommandCall request, StanzaError error) {
        boolean ours = request.node().startsWith("devstate-");
        return Failure.rejected(request.to() + " does not know the command " + request.node() + detail(error)
                + (ours ? ": check --service, and that the service has this version" : ""));
    }

    /** The server of the login exists in any case; it answers so if it does not have the command. */
    private static Failure notThere(CommandCall request, Login login, StanzaError error) {
        if (request.to().equals(login.domain())) {
            return unknown(request, error);
        }
        return Failure.unreachable(request.to() + " cannot be reached through the XMPP server of " + login.domain()
                + detail(error) + ": check --service, and that the service runs");
    }

    private static Failure otherwise(CommandCall request, StanzaError error) {
        return Failure.rejected(
                request.to() + " rejects the command " + request.node() + ": " + error.getCondition() + detail(error));
    }

    private static String detail(StanzaError error) {
        String text = error.getDescriptiveText();
        return text == null ? "" : " (" + text + ")";
    }
}
