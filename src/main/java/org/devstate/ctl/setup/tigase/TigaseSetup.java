// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.tigase;

import java.nio.file.Path;
import java.util.List;
import org.devstate.ctl.setup.files.DiskFiles;
import org.devstate.ctl.setup.files.Openssl;
import org.devstate.ctl.setup.plan.PlanDraft;
import org.devstate.ctl.setup.plan.ServerFacts;
import org.devstate.ctl.setup.plan.ServerSetup;
import org.devstate.ctl.setup.plan.SetupRequest;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;

/** Tigase on this machine, with the service as a plugin in it. */
public final class TigaseSetup implements ServerSetup {

    private final Path home;
    private final PluginScript script;
    private boolean isChanged;
    private boolean canLookUpAccounts;

    /**
     * @param home the folder of the installation
     * @param script which installs the plugin; {@code null} for that of this distribution
     * @throws Failure if there is no such script
     */
    public TigaseSetup(Path home, @Nullable Path script) throws Failure {
        this.home = home.toAbsolutePath().normalize();
        this.script = PluginScript.of(script, this.home);
    }

    @Override
    public String title() {
        return "Tigase (" + home + ")";
    }

    @Override
    public String serviceAddress(String domain) {
        return "pubsub." + domain;
    }

    @Override
    public boolean hasComponent() {
        return false;
    }

    @Override
    public List<String> domains() throws Failure {
        String domain = script.preview("", "").domain();
        return domain.isEmpty() ? List.of() : List.of(domain);
    }

    @Override
    public ServerFacts plan(SetupRequest request, @Nullable String knownSecret, PlanDraft draft) throws Failure {
        if (!request.address().equals(serviceAddress(request.domain()))) {
            throw Failure.usage("in Tigase, the address of the service is " + serviceAddress(request.domain())
                    + ", not " + request.address() + "; leave out --service");
        }
        String host = request.serverHost();
        TigasePreview preview = script.preview(request.admin(), host == null ? "" : host);
        TigasePlanner planner = new TigasePlanner(new DiskFiles(), home, request, draft);
        ServerFacts facts = planner.plan(preview, new Openssl());
        isChanged = planner.isTigaseChanged();
        canLookUpAccounts = preview.canLookUpAccounts();
        return facts;
    }

    /** Its jars and tables can be changed only while it is stopped. */
    @Override
    public void checkReady() throws Failure {
        String process =
                isChanged || !canLookUpAccounts ? script.preview("", "").process() : "";
        if (!process.isEmpty()) {
            throw Failure.rejected(title() + " is running, as process " + process
                    + ", and nothing was changed; stop it, such as by scripts/tigase.sh stop etc/tigase.conf, then run"
                    + " setup again");
        }
    }

    @Override
    public void accept() throws Failure {
        if (isChanged) {
            script.install();
        }
    }

    @Override
    public boolean canLookUpAccounts() {
        return canLookUpAccounts;
    }

    @Override
    public boolean hasAccount(String account) throws Failure {
        return script.hasAccount(account);
    }

    @Override
    public void addAccount(String account, String password) throws Failure {
        script.addAccount(account, password);
    }

    @Override
    public @Nullable String restartCommand() {
        return null;
    }

    @Override
    public String restartAdvice() {
        return "start " + title() + ", such as by: scripts/tigase.sh start etc/tigase.conf";
    }
}
