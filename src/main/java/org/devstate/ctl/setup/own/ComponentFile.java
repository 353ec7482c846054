// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.own;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.devstate.ctl.setup.plan.FileAccess;
import org.devstate.ctl.setup.plan.FileChange;
import org.devstate.ctl.setup.plan.NewSecret;
import org.devstate.ctl.setup.plan.PlanDraft;
import org.devstate.ctl.setup.plan.ServerFacts;
import org.devstate.ctl.setup.plan.SetupRequest;
import org.devstate.ctl.setup.plan.SourceFiles;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of the component. Its lines from others stay; ours stand between two marks at its end, where HOCON lets them override
 * the others. Only settings that the others do not have as they must be are among them.
 */
public final class ComponentFile {

    private static final String BEGIN = "# devstatectl setup: begin. It may replace the lines up to its end.\n";
    private static final String END = "# devstatectl setup: end\n";
    private static final List<String> ACCOUNTS_OF_SAMPLE = List.of("pbx*@example.net");
    private static final String LOOPBACK = "127.0.0.1";

    private final SourceFiles files;
    private final SetupRequest request;
    private final Path file;
    private final @Nullable String text;
    private final String others;
    private final List<String> lines = new ArrayList<>();

    /** @throws Failure if it cannot be read */
    public ComponentFile(SourceFiles files, SetupRequest request) throws Failure {
        this.files = files;
        this.request = request;
        this.file = request.componentFile();
        this.text = files.exists(file) ? files.read(file) : null;
        this.others = text == null ? "" : withoutOurs(text);
    }

    /** The secret that it has for that address; {@code null} if it has none, or that of the samples. */
    public @Nullable String secret() throws Failure {
        Config all = parse(text == null ? "" : text);
        boolean isOfAddress = request.address().equals(string(all, "component.address"));
        String secret = isOfAddress ? secret(all) : null;
        return NewSecret.OF_SAMPLES.equals(secret) ? null : secret;
    }

    /** The accounts that it admits, which make a site; to be asked before the plan. */
    public List<String> accounts() throws Failure {
        return isSampleToCorrect() ? List.of() : list(parse(text == null ? "" : text), "accounts");
    }

    /** Whether its accounts are the sample's, and no earlier run has left them. */
    private boolean isSampleToCorrect() throws Failure {
        Config config = parse(others);
        boolean isSample = NewSecret.OF_SAMPLES.equals(string(config, "component.secret"))
                && list(config, "accounts").equals(ACCOUNTS_OF_SAMPLE)
                && !config.hasPath("policy");
        return isSample
                && (others.equals(text)
                        || list(parse(text == null ? "" : text), "accounts").isEmpty());
    }

    /** Notes what is missing, and plans the change. */
    public void plan(ServerFacts facts, PlanDraft draft) throws Failure {
        Config config = parse(others);
        need(config, "component.address", request.address());
        needSecret(config, facts.secret());
        if (string(config, "server.host") == null) {
            need(config, "server.host", LOOPBACK);
        }
        needPort(config, "server.port", 5347, facts.componentPort());
        needAdministrator(config);
        needNoAccountsOfSample(draft);
        needEnrolment(config, facts);
        String after = lines.isEmpty() ? others : others + separator() + BEGIN + String.join("", lines) + END;
        if (after.equals(text)) {
            draft.ok("configuration of the component: " + file);
            return;
        }
        draft.missing("configuration of the component: " + file);
        draft.change(new FileChange(
                file,
                "configuration of the component",
                text,
                after,
                FileAccess.likeGroupOf(group()),
                facts.secret().isEmpty() ? Map.of() : Map.of(facts.secret(), "(secret)")));
    }

    /** The group of its folder, or of the folder in which that will be. */
    private Path group() {
        Path folder = file.toAbsolutePath().getParent();
        while (folder != null && !files.exists(folder)) {
            folder = folder.getParent();
        }
        return folder == null ? file : folder;
    }

    private String separator() {
        return others.isEmpty() || others.endsWith("\n") ? "" : "\n";
    }

    private static String withoutOurs(String text) {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END, Math.max(begin, 0));
        return begin < 0 || end < 0 ? text : text.substring(0, begin) + text.substring(end + END.length());
    }

    private Config parse(String part) throws Failure {
        try {
            return ConfigFactory.parseString(part).resolve();
        } catch (ConfigException e) {
            throw Failure.usage(file + " is not valid, and nothing was changed: " + e.getMessage());
        }
    }

    private @Nullable String string(Config config, String key) throws Failure {
        try {
            return config.hasPath(key) ? config.getString(key) : null;
        } catch (ConfigException e) {
            throw Failure.usage(file + " is not valid, and nothing was changed: " + e.getMessage());
        }
    }

    private List<String> list(Config config, String key) throws Failure {
        try {
            return config.hasPath(key) ? config.getStringList(key) : List.of();
        } catch (ConfigException e) {
            throw Failure.usage(file + " is not valid, and nothing was changed: " + e.getMessage());
        }
    }

    private void need(Config config, String key, String value) throws Failure {
        if (!value.equals(string(config, key))) {
            lines.add(key + " = " + ConfigUtil.quoteString(value) + "\n");
        }
    }

    private void needPort(Config config, String key, int fallback, int value) throws Failure {
        String now = string(config, key);
        if (!String.valueOf(value).equals(now == null ? String.valueOf(fallback) : now)) {
            lines.add(key + " = " + value + "\n");
        }
    }

    private void needSecret(Config config, String secret) throws Failure {
        if (secret.equals(secret(config))) {
            return;
        }
        if (config.hasPath("component.secret-file")) {
            lines.add("component.secret-file = null\n");
        }
        need(config, "component.secret", secret);
    }

    private @Nullable String secret(Config config) throws Failure {
        String named = string(config, "component.secret-file");
        if (named == null) {
            return string(config, "component.secret");
        }
        try {
            Path secretFile = file.resolveSibling(named);
            return files.exists(secretFile) ? files.read(secretFile).strip() : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }

    private void needAdministrator(Config config) throws Failure {
        List<String> administrators = list(config, "administrators");
        if (!administrators.contains(request.admin())) {
            List<String> all = new ArrayList<>(administrators);
            all.add(request.admin());
            lines.add("administrators = "
                    + all.stream().map(ConfigUtil::quoteString).collect(Collectors.joining(", ", "[ ", " ]\n")));
        }
    }

    /** They would make a site of their own, and no other site could be made for these accounts. */
    private void needNoAccountsOfSample(PlanDraft draft) throws Failure {
        if (isSampleToCorrect()) {
            lines.add("accounts = []\n");
            if (others.equals(text)) {
                draft.missing("accounts = [] in place of the sample's \"" + ACCOUNTS_OF_SAMPLE.get(0)
                        + "\", which would make the site default");
            }
        }
    }

    private void needEnrolment(Config config, ServerFacts facts) throws Failure {
        String address = request.address();
        String ofAddress = address.substring(address.indexOf('.') + 1);
        String domain = string(config, "enrolment.domain");
        if (!request.domain().equals(domain == null || domain.isEmpty() ? ofAddress : domain)) {
            need(config, "enrolment.domain", request.domain());
        }
        String host = request.serverHost();
        if (host != null) {
            need(config, "enrolment.server-host", host);
        }
        needPort(config, "enrolment.server-port", 5222, facts.clientPort());
    }
}
