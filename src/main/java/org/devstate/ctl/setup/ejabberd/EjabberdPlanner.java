// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.ejabberd;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.devstate.ctl.setup.plan.CertificateMaker;
import org.devstate.ctl.setup.plan.FileAccess;
import org.devstate.ctl.setup.plan.FileChange;
import org.devstate.ctl.setup.plan.NewSecret;
import org.devstate.ctl.setup.plan.PlanDraft;
import org.devstate.ctl.setup.plan.ServerFacts;
import org.devstate.ctl.setup.plan.SetupRequest;
import org.devstate.ctl.setup.plan.SourceFiles;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;

/** Compares the configuration of ejabberd with the lines of the guide install-component.md. Used once. */
final class EjabberdPlanner {

    /** Those that Asterisk, the component and devstatectl need. */
    private static final List<String> MODULES =
            List.of("mod_adhoc", "mod_configure", "mod_disco", "mod_privacy", "mod_roster");

    static final String LISTENERS = "listen";

    private static final int PORT = 5347;
    private static final int PORTS = 10;

    private final SourceFiles files;
    private final Path main;
    private final SetupRequest request;
    private final PlanDraft draft;
    private final String before;
    private final YamlDraft yaml;
    private boolean isListenerChanged;

    EjabberdPlanner(SourceFiles files, Path main, SetupRequest request, PlanDraft draft) throws Failure {
        this.files = files;
        this.main = main;
        this.request = request;
        this.draft = draft;
        this.before = files.read(main);
        this.yaml = new YamlDraft(YamlText.of(main, before), draft);
    }

    /** The domains of accounts that a configuration has. */
    static List<String> domains(SourceFiles files, Path main) throws Failure {
        return YamlText.of(main, files.read(main)).texts("hosts").stream()
                .filter(host -> !host.equals("localhost"))
                .toList();
    }

    /** Notes what is there and what is missing, and plans the changes. */
    ServerFacts plan(@Nullable String knownSecret, CertificateMaker maker, IntPredicate isFree) throws Failure {
        checkOtherPlaces();
        checkHost();
        int clients = checkClients();
        ServerFacts component = checkComponent(knownSecret, isFree);
        new EjabberdAdmins(yaml, request, draft).check();
        checkModules();
        String selfSigned = new EjabberdCertificates(files, maker).plan(yaml, main, request.domain(), draft);
        draft.change(new FileChange(
                main,
                "configuration of ejabberd",
                before,
                yaml.text().text(),
                FileAccess.OPEN,
                component.secret().isEmpty() ? Map.of() : Map.of(component.secret(), "(secret)")));
        return new ServerFacts(component.secret(), component.componentPort(), clients, selfSigned);
    }

    /** Whether a listener changes that is there already, which ejabberd closes and opens only at its next start. */
    boolean isListenerChanged() {
        return isListenerChanged;
    }

    /** Settings that override those of the file, and that are not looked at. */
    private void checkOtherPlaces() {
        if (yaml.text().value("include_config_file") != null) {
            yaml.byHand("setup does not read the files that it includes", "include_config_file");
        }
        for (String key : List.of("host_config", "append_host_config")) {
            if (yaml.text().value(key, request.domain()) != null) {
                yaml.byHand("setup does not look at settings of one host", key, request.domain());
            }
        }
    }

    private void checkHost() throws Failure {
        if (yaml.text().texts("hosts").contains(request.domain())) {
            draft.ok("host " + request.domain());
        } else if (yaml.needsList("add " + request.domain(), "hosts")) {
            draft.missing("host " + request.domain());
            yaml.add(request.domain(), "hosts");
        }
        if (yaml.text().texts("hosts").contains(request.address())) {
            draft.byHand(request.address() + " is a host of ejabberd already; give another address by --service");
        }
    }

    /** The listener for clients; returns its port. */
    private int checkClients() throws Failure {
        int found = listeners("ejabberd_c2s").stream()
                .filter(number -> !"true".equals(yaml.text().value(LISTENERS, number, "tls")))
                .findFirst()
                .orElse(-1);
        if (found < 0) {
            yaml.byHand("add a listener of the module ejabberd_c2s with starttls_required: true", LISTENERS);
            return 5222;
        }
        if ("true".equals(yaml.text().value(LISTENERS, found, "starttls_required"))) {
            draft.ok("clients connect with TLS");
        } else if (yaml.text().value(LISTENERS, found, "starttls_required") != null) {
            yaml.byHand("set it to true", LISTENERS, found, "starttls_required");
        } else {
            draft.missing("starttls_required: true, so that clients connect with TLS; ejabberd closes this listener"
                    + " until it is restarted");
            yaml.put("starttls_required", "true", LISTENERS, found);
            isListenerChanged = true;
        }
        new EjabberdShaper(yaml, draft).check(found);
        return port(found, 5222);
    }

    private List<Integer> listeners(String module) {
        int count = yaml.text().value(LISTENERS) instanceof List<?> list ? list.size() : 0;
        return IntStream.range(0, count)
                .boxed()
                .filter(number -> module.equals(yaml.text().value(LISTENERS, number, "module")))
                .toList();
    }

    private int port(int listener, int fallback) {
        String port = String.valueOf(yaml.text().value(LISTENERS, listener, "port"));
        return port.matches("\\d{1,5}") ? Integer.parseInt(port) : fallback;
    }

    private ServerFacts checkComponent(@Nullable String knownSecret, IntPredicate isFree) throws Failure {
        String address = request.address();
        for (int number : listeners("ejabberd_service")) {
            Map<?, ?> hosts = yaml.text().map(LISTENERS, number, "hosts");
            if (hosts.get(address) instanceof Map<?, ?> host && host.get("password") instanceof String secret) {
                if (secret.equals(NewSecret.OF_SAMPLES)) {
                    return replaceSecret(number, knownSecret);
                }
                draft.ok("listener for the component " + address + " with a secret");
                return new ServerFacts(secret, port(number, PORT), 0, null);
            }
            if (hosts.containsKey(address)) {
                yaml.byHand("give it a password", LISTENERS, number, "hosts", address);
                return new ServerFacts("", PORT, 0, null);
            }
        }
        String secret = knownSecret == null ? NewSecret.next() : knownSecret;
        int port = freePort(isFree);
        if (port == 0) {
            draft.byHand("another program uses each port from " + PORT + " to " + (PORT + PORTS - 1)
                    + ": add a listener for the component at another port, as in the guide install-component.md");
        } else if (yaml.needsList("add a listener", LISTENERS)) {
            draft.missing("listener for the component " + address + " with a secret, at port " + port
                    + (port == PORT ? "" : " because " + PORT + " is in use"));
            Map<String, Object> listener = new LinkedHashMap<>();
            listener.put("port", port);
            listener.put("ip", "127.0.0.1");
            listener.put("module", "ejabberd_service");
            listener.put("hosts", Map.of(address, Map.of("password", secret)));
            yaml.add(listener, LISTENERS);
        }
        return new ServerFacts(secret, port, 0, null);
    }

    private ServerFacts replaceSecret(int listener, @Nullable String knownSecret) throws Failure {
        String secret = knownSecret == null ? NewSecret.next() : knownSecret;
        draft.missing("a random secret for " + request.address() + ", in place of the sample's, which is public");
        yaml.set(secret, LISTENERS, listener, "hosts", request.address(), "password");
        isListenerChanged = true;
        return new ServerFacts(secret, port(listener, PORT), 0, null);
    }

    private int freePort(IntPredicate isFree) {
        List<Integer> taken = new ArrayList<>();
        int count = yaml.text().value(LISTENERS) instanceof List<?> list ? list.size() : 0;
        IntStream.range(0, count).forEach(number -> taken.add(port(number, 0)));
        return IntStream.range(PORT, PORT + PORTS)
                .filter(port -> !taken.contains(port) && isFree.test(port))
                .findFirst()
                .orElse(0);
    }

    private void checkModules() throws Failure {
        for (String module : MODULES) {
            if (yaml.text().map("modules").containsKey(module)) {
                draft.ok("module " + module);
            } else if (yaml.needsMap("add " + module + ": {}", "modules")) {
                draft.missing("module " + module);
                yaml.put(module, Map.of(), "modules");
            }
        }
        Map<?, ?> ping = yaml.text().map("modules", "mod_ping");
        if ("kill".equals(ping.get("timeout_action")) && "true".equals(ping.get("send_pings"))) {
            draft.note("mod_ping disconnects every Asterisk, because Asterisk does not answer pings: remove"
                    + " timeout_action: kill (" + yaml.text().place("modules", "mod_ping", "timeout_action") + ")");
        }
    }
}
