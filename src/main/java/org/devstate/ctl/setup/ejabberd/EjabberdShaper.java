// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.ejabberd;

import java.util.Map;
import org.devstate.ctl.setup.plan.PlanDraft;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;

/**
 * The limit of bytes from clients. A listener names a rule of {@code shaper_rules}, or a shaper; a rule names a shaper for each group of
 * accounts; a shaper has bytes a second. Used once.
 */
final class EjabberdShaper {

    private static final String OURS = "devstate";
    private static final long ENOUGH = 1_000_000;

    private final YamlDraft yaml;
    private final PlanDraft draft;

    EjabberdShaper(YamlDraft yaml, PlanDraft draft) {
        this.yaml = yaml;
        this.draft = draft;
    }

    /** Notes the limit of a listener, and raises it if it is too low. */
    void check(int listener) throws Failure {
        Object named = yaml.text().value(EjabberdPlanner.LISTENERS, listener, "shaper");
        if (named == null) {
            draft.ok("no limit of bytes from clients");
        } else if (!(named instanceof String rule) || yaml.text().value("shaper_rules", rule) == null) {
            yaml.byHand(
                    "let clients send " + ENOUGH + " bytes a second", EjabberdPlanner.LISTENERS, listener, "shaper");
        } else {
            checkRule(rule);
        }
    }

    private void checkRule(String rule) throws Failure {
        Object value = yaml.text().value("shaper_rules", rule);
        String shaper = value instanceof String only ? only : ofAll(yaml.text().map("shaper_rules", rule));
        Long rate = shaper == null ? null : rate(shaper);
        if (shaper == null || rate == null) {
            yaml.byHand("let clients send " + ENOUGH + " bytes a second", "shaper_rules", rule);
        } else if (rate >= ENOUGH) {
            draft.ok("limit of bytes from clients: "
                    + (rate == Long.MAX_VALUE ? "none" : shaper + ", " + rate + " a second"));
        } else if (isOursFree() && yaml.needsMap("add " + OURS + ": " + ENOUGH, "shaper")) {
            draft.missing("limit of " + ENOUGH + " bytes a second from clients, in place of " + rate
                    + ", with which lamps are late after a restart of an Asterisk");
            if (rate(OURS) == null) {
                yaml.put(OURS, ENOUGH, "shaper");
            }
            if (value instanceof String) {
                yaml.set(OURS, "shaper_rules", rule);
            } else {
                yaml.rename(shaper, OURS, "shaper_rules", rule);
            }
        } else {
            yaml.byHand("let clients send " + ENOUGH + " bytes a second", "shaper_rules", rule);
        }
    }

    private boolean isOursFree() {
        Long rate = rate(OURS);
        return rate == null ? yaml.text().value("shaper", OURS) == null : rate >= ENOUGH;
    }

    private static @Nullable String ofAll(Map<?, ?> rule) {
        return rule.entrySet().stream()
                .filter(entry -> "all".equals(entry.getValue()))
                .map(entry -> String.valueOf(entry.getKey()))
                .findFirst()
                .orElse(null);
    }

    /** The bytes a second; {@code null} if they are not known. */
    private @Nullable Long rate(String shaper) {
        if (shaper.equals("none")) {
            return Long.MAX_VALUE;
        }
        Object value = yaml.text().value("shaper", shaper);
        String rate = String.valueOf(value instanceof Map<?, ?> map ? map.get("rate") : value);
        return rate.matches("\\d{1,15}") ? Long.valueOf(rate) : null;
    }
}
