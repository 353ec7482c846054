// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.admin.form;

import java.util.Locale;

/** Rates as people read them. Stateless. */
public final class PerSecond {

    private PerSecond() {}

    /** Writes so many a second, to the hundredth. */
    public static String format(double rate) {
        return String.format(Locale.ROOT, "%.2f", rate);
    }
}
