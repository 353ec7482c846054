// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench;

import java.util.Locale;

/**
 * One row of the table at the end.
 *
 * @param what names the figure
 * @param measured the figure, with its unit
 * @param budget the required figure; empty if none is required
 * @param met whether the figure meets that; counts only if there is a budget
 */
record Budget(String what, String measured, String budget, boolean met) {

    /** A figure that nothing is asked of. */
    static Budget none(String what, String measured) {
        return new Budget(what, measured, "", true);
    }

    String row() {
        String verdict = budget.isEmpty() ? "" : met ? "met" : "NOT MET";
        return String.format(Locale.ROOT, "%-58s %-44s %-28s %s", what, measured, budget, verdict)
                .stripTrailing();
    }
}
