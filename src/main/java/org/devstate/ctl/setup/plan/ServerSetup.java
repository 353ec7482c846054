package org.devstate.ctl.setup.plan;

import java.util.List;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;

/** The differences between XMPP servers, for the set-up of a component beside one. Not thread-safe. */
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

    /**
     * Has the server check its configuration.
     *
     * @throws Failure if the server finds an error, with its own words
     */
    void check() throws Failure;

    /** Whether there is such an account. */
    boolean hasAccount(String account) throws Failure;

    /** Makes an account. */
    void addAccount(String account, String password) throws Failure;

    /** The command that restarts it as a service of this machine; {@code null} if it is no such service. */
    @Nullable
    String restartCommand();
}
