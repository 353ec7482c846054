// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.plan;

import java.util.List;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;

/** The differences between XMPP servers, for the set-up of the service beside one or in it. Not thread-safe. */
public interface ServerSetup {

    /** Its name, for people. */
    String title();

    /** The domains of its accounts, so far. */
    List<String> domains() throws Failure;

    /**
     * Looks at its configuration, and plans the changes.
     *
     * @param knownSecret the secret that the component has already; {@code null} if it has none
     * @param draft takes findings and changes
     * @throws Failure if the configuration cannot be read or understood
     */
    ServerFacts plan(SetupRequest request, @Nullable String knownSecret, PlanDraft draft) throws Failure;

    /** The address of the service if the user names none. */
    default String serviceAddress(String domain) {
        return "devstate." + domain;
    }

    /** Whether the service is a component beside the server, not a part of it. */
    default boolean hasComponent() {
        return true;
    }

    /**
     * Checks whether the server can take changes, before the first one is made.
     *
     * @throws Failure if it cannot, with its own words
     */
    void checkReady() throws Failure;

    /**
     * Has the server check its new configuration.
     *
     * @throws Failure if the server finds an error, with its own words; then all changes are undone
     */
    void accept() throws Failure;

    /** Whether accounts can be looked up now; called after the plan. */
    default boolean canLookUpAccounts() {
        return true;
    }

    /** Whether there is such an account. */
    boolean hasAccount(String account) throws Failure;

    /** Makes an account. */
    void addAccount(String account, String password) throws Failure;

    /** Whether only a start has the server use the new configuration. */
    default boolean isRestartNeeded() {
        return true;
    }

    /** The command that restarts it as a service of this machine; {@code null} if it is no such service. */
    @Nullable
    String restartCommand();

    /** How a person can restart it. */
    String restartAdvice();
}
