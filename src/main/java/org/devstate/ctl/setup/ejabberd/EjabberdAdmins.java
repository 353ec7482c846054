// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.ejabberd;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.devstate.ctl.setup.plan.PlanDraft;
import org.devstate.ctl.setup.plan.SetupRequest;
import org.devstate.ctl.xmpp.Failure;

/** The accounts that may make accounts and end sessions: those of the rule {@code configure}. Used once. */
final class EjabberdAdmins {

    private static final String RULE = "configure";

    private final YamlDraft yaml;
    private final SetupRequest request;
    private final PlanDraft draft;

    EjabberdAdmins(YamlDraft yaml, SetupRequest request, PlanDraft draft) {
        this.yaml = yaml;
        this.request = request;
        this.draft = draft;
    }

    void check() throws Failure {
        Object rule = yaml.text().value("access_rules", RULE);
        if (rule == null) {
            if (yaml.needsMap("add " + RULE + ": {allow: admin}", "access_rules")) {
                draft.missing("rule " + RULE + " for administrators");
                yaml.put(RULE, Map.of("allow", "admin"), "access_rules");
                checkGroup("admin");
            }
            return;
        }
        Object only = rule instanceof List<?> list && list.size() == 1 ? list.get(0) : rule;
        Object allowed = only instanceof Map<?, ?> map ? map.get("allow") : null;
        if (allowed instanceof String group && !group.equals("all")) {
            draft.ok("rule " + RULE + " for administrators");
            checkGroup(group);
        } else {
            yaml.byHand("allow " + request.admin() + " and the server " + request.address(), "access_rules", RULE);
        }
    }

    private void checkGroup(String group) throws Failure {
        if (yaml.text().value("acl", group) == null) {
            if (yaml.needsMap("add " + group, "acl")) {
                draft.missing("administrator " + request.admin());
                draft.missing("administrator " + request.address());
                Map<String, Object> both = new LinkedHashMap<>();
                both.put("user", List.of(request.admin()));
                both.put("server", List.of(request.address()));
                yaml.put(group, both, "acl");
            }
            return;
        }
        need("user", request.admin(), group);
        need("server", request.address(), group);
    }

    private void need(String kind, String name, String group) throws Failure {
        Object now = yaml.text().value("acl", group, kind);
        if (yaml.text().texts("acl", group, kind).contains(name)) {
            draft.ok("administrator " + name);
        } else if (yaml.needsMap("add " + kind + " " + name, "acl", group)
                && (now == null || yaml.needsList("add " + name, "acl", group, kind))) {
            draft.missing("administrator " + name);
            yaml.add(name, "acl", group, kind);
        }
    }
}
