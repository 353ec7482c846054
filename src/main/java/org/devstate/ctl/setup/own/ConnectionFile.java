// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.own;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import java.nio.file.Path;
import java.util.Map;
import org.devstate.ctl.setup.plan.FileAccess;
import org.devstate.ctl.setup.plan.FileChange;
import org.devstate.ctl.setup.plan.PlanDraft;
import org.devstate.ctl.setup.plan.ServerFacts;
import org.devstate.ctl.setup.plan.SetupRequest;
import org.devstate.ctl.setup.plan.SourceFiles;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;

/** The configuration of devstatectl, and beside it the password of the administrator and the certificate that is trusted. */
public final class ConnectionFile {

    private final SourceFiles files;
    private final SetupRequest request;
    private final Path file;

    public ConnectionFile(SourceFiles files, SetupRequest request) {
        this.files = files;
        this.request = request;
        this.file = request.connectionFile();
    }

    /** Whether it is there; then it is not changed. */
    public boolean exists() {
        return files.exists(file);
    }

    /**
     * The file of the administrator's password that it names; {@code null} if it names none.
     *
     * @throws Failure if it is there and is about another service or account
     */
    public @Nullable Path passwordFile() throws Failure {
        try {
            Config config = ConfigFactory.parseString(files.read(file)).resolve();
            check(config, "service", request.address());
            check(config, "as", request.admin());
            return config.hasPath("password-file") ? file.resolveSibling(config.getString("password-file")) : null;
        } catch (ConfigException e) {
            throw Failure.usage(file + " is not valid, and nothing was changed: " + e.getMessage());
        }
    }

    private void check(Config config, String key, String value) throws Failure {
        String there = config.hasPath(key) ? config.getString(key) : "nothing";
        if (!there.equals(value)) {
            throw Failure.usage(file + " has '" + key + "' as " + there + ", not " + value
                    + ", and nothing was changed: name another file by --config, which setup then writes, or give --"
                    + (key.equals("as") ? "admin" : key) + " " + there);
        }
    }

    /** Where the password is if setup writes it. */
    public Path newPasswordFile() {
        return sibling(".password");
    }

    private Path sibling(String ending) {
        String name = String.valueOf(file.getFileName());
        return file.resolveSibling(name.replaceFirst("\\.conf$", "") + ending);
    }

    /** Plans the file with the password. */
    public void planPassword(String password, PlanDraft draft) throws Failure {
        Path target = newPasswordFile();
        draft.change(new FileChange(
                target,
                "password of " + request.admin(),
                files.exists(target) ? files.read(target) : null,
                password + "\n",
                FileAccess.PRIVATE,
                Map.of(password, "(password)")));
    }

    /** Plans the configuration itself, with that file of the password. */
    public void plan(ServerFacts facts, Path passwordFile, PlanDraft draft) throws Failure {
        if (exists()) {
            draft.ok("configuration of devstatectl: " + file);
            return;
        }
        draft.missing("configuration of devstatectl: " + file);
        String pinned = facts.selfSigned();
        String trust = "";
        if (pinned != null) {
            Path copy = sibling(".crt");
            draft.change(new FileChange(
                    copy,
                    "copy of the certificate, for devstatectl to trust",
                    files.exists(copy) ? files.read(copy) : null,
                    pinned,
                    FileAccess.OPEN,
                    Map.of(pinned, "(certificate)\n")));
            trust = "trust-certificate = " + quote(copy) + "\n";
        }
        String text =
                """
                # Written by devstatectl setup; etc/devstatectl.conf explains every key.
                service = %s
                as = %s
                password-file = %s
                host = "127.0.0.1"
                port = %d
                %s"""
                        .formatted(
                                ConfigUtil.quoteString(request.address()),
                                ConfigUtil.quoteString(request.admin()),
                                quote(passwordFile),
                                facts.clientPort(),
                                trust);
        draft.change(new FileChange(file, "configuration of devstatectl", null, text, FileAccess.OPEN, Map.of()));
    }

    /** A file beside it by its name alone, so that all can be moved together. */
    private String quote(Path path) {
        boolean isBeside = path.toAbsolutePath().equals(file.toAbsolutePath().resolveSibling(path.getFileName()));
        return ConfigUtil.quoteString(
                isBeside
                        ? String.valueOf(path.getFileName())
                        : path.toAbsolutePath().toString());
    }
}
