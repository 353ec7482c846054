// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.prosody;

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

/** Prosody on this machine. */
public final class ProsodySetup implements ServerSetup {

    /** Debian's. */
    public static final Path FOLDER = Path.of("/etc/prosody");

    private static final String RESTART = "systemctl restart prosody";

    private final SourceFiles files = new DiskFiles();
    private final Path main;
    private final Prosodyctl prosodyctl;

    /**
     * @param folder with its configuration
     * @param program the command prosodyctl
     */
    public ProsodySetup(Path folder, String program) {
        this.main = main(folder.toAbsolutePath().normalize()); // Prosody finds no files of a folder by a relative path
        this.prosodyctl = new Prosodyctl(program, main);
    }

    /** The main file of its configuration. */
    public static Path main(Path folder) {
        return folder.resolve("prosody.cfg.lua");
    }

    @Override
    public String title() {
        return "Prosody (" + main + ")";
    }

    @Override
    public List<String> domains() throws Failure {
        return ProsodyPlanner.domains(files, main);
    }

    @Override
    public ServerFacts plan(SetupRequest request, @Nullable String knownSecret, PlanDraft draft) throws Failure {
        return new ProsodyPlanner(files, main, request, draft)
                .plan(knownSecret, new ProsodyCertificates(files, new Openssl()));
    }

    @Override
    public void checkReady() throws Failure {
        prosodyctl.check();
    }

    @Override
    public void accept() throws Failure {
        prosodyctl.check();
    }

    @Override
    public boolean hasAccount(String account) throws Failure {
        return prosodyctl.hasAccount(account);
    }

    @Override
    public void addAccount(String account, String password) throws Failure {
        prosodyctl.addAccount(account, password);
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
