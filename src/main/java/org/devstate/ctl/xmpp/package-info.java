/**
 * The way to the service: one connection of an administrator's account ({@link org.devstate.ctl.xmpp.Login}), and ad-hoc commands over
 * it (XEP-0050), as plain values. No other package uses Smack:
 *
 * <pre>{@code
 * Table sites(Login login) throws Failure {
 *     try (Service service = SmackService.open(login)) {
 *         FilledForm form = FilledForm.of("urn:devstate:admin");
 *         Answer answer = service.ask(CommandCall.begin("devstate.example.net", "devstate-sites", form));
 *         return answer.result().table();
 *     }
 * }
 * }</pre>
 */
@NullMarked
package org.devstate.ctl.xmpp;

import org.jspecify.annotations.NullMarked;
