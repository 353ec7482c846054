// SPDX-License-Identifier: Apache-2.0
package org.devstate.component;

import org.devstate.core.spi.OperatorLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the operator log to the component's log, under separate logger names. */
final class Slf4jOperatorLog implements OperatorLog {

    private static final Logger SITES = LoggerFactory.getLogger("org.devstate.sites");
    private static final Logger REJECTIONS = LoggerFactory.getLogger("org.devstate.rejections");

    @Override
    public void happened(String line) {
        SITES.info("{}", line);
    }

    @Override
    public void warned(String line) {
        SITES.warn("{}", line);
    }

    @Override
    public void rejected(String line) {
        REJECTIONS.warn("{}", line);
    }
}
