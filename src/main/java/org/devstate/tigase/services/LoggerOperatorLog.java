// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.services;

import java.lang.System.Logger.Level;
import org.devstate.core.spi.OperatorLog;

/** Writes events to Tigase's log, under names of their own, so that each can have its level. */
final class LoggerOperatorLog implements OperatorLog {

    private static final System.Logger SITES = System.getLogger("org.devstate.sites");
    private static final System.Logger REJECTIONS = System.getLogger("org.devstate.rejections");

    @Override
    public void happened(String line) {
        SITES.log(Level.INFO, line);
    }

    @Override
    public void warned(String line) {
        SITES.log(Level.WARNING, line);
    }

    @Override
    public void rejected(String line) {
        REJECTIONS.log(Level.WARNING, line);
    }
}
