// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.ejabberd;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.devstate.ctl.setup.files.DiskFiles;
import org.devstate.ctl.setup.files.Openssl;
import org.devstate.ctl.setup.files.SystemCommand;
import org.devstate.ctl.setup.plan.PlanDraft;
import org.devstate.ctl.setup.plan.ServerFacts;
import org.devstate.ctl.setup.plan.ServerSetup;
import org.devstate.ctl.setup.plan.SetupRequest;
import org.devstate.ctl.setup.plan.SourceFiles;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;

/** ejabberd on this machine. */
public final class EjabberdSetup implements ServerSetup {

    /** Debian's. */
    public static final Path FOLDER = Path.of("/etc/ejabberd");

    private static final String RESTART = "systemctl restart ejabberd";

    private final SourceFiles files = new DiskFiles();
    private final Path main;
    private final Ejabberdctl ejabberdctl;
    private boolean isRestartNeeded;

    /**
     * @param folder with its configuration
     * @param program the command ejabberdctl
     */
    public EjabberdSetup(Path folder, String program) {
        this.main = main(folder.toAbsolutePath().normalize());
        this.ejabberdctl = new Ejabberdctl(program, main);
    }

    /** The main file of its configuration. */
    public static Path main(Path folder) {
        return folder.resolve("ejabberd.yml");
    }

    @Override
    public String title() {
        return "ejabberd (" + main + ")";
    }

    @Override
    public List<String> domains() throws Failure {
        return EjabberdPlanner.domains(files, main);
    }

    @Override
    public ServerFacts plan(SetupRequest request, @Nullable String knownSecret, PlanDraft draft) throws Failure {
        EjabberdPlanner planner = new EjabberdPlanner(files, main, request, draft);
        ServerFacts facts = planner.plan(knownSecret, new Openssl(), EjabberdSetup::isFree);
        isRestartNeeded = planner.isListenerChanged();
        return facts;
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void checkReady() throws Failure {
        ejabberdctl.checkRunning();
    }

    @Override
    public void accept() throws Failure {
        ejabberdctl.reload();
    }

    @Override
    public boolean hasAccount(String account) throws Failure {
        return ejabberdctl.hasAccount(account);
    }

    @Override
    public void addAccount(String account, String password) throws Failure {
        ejabberdctl.addAccount(account, password);
    }

    @Override
    public boolean isRestartNeeded() {
        return isRestartNeeded;
    }

    @Override
    public @Nullable String restartCommand() {
        return main.equals(main(FOLDER)) && SystemCommand.hasSystemd() ? RESTART : null;
    }

    @Override
    public String restartAdvice() {
        return "restart " + title() + ", such as by: " + RESTART;
    }
}
