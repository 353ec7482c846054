package org.devstate.tigase;

import java.lang.System.Logger.Level;
import org.devstate.core.spi.Events;

/** Writes events to Tigase's log, under names of their own, so that each can have its level. */
final class LoggedEvents implements Events {

    private static final System.Logger SITES = System.getLogger("org.devstate.sites");
    private static final System.Logger REFUSALS = System.getLogger("org.devstate.refusals");

    @Override
    public void happened(String line) {
        SITES.log(Level.INFO, line);
    }

    @Override
    public void warned(String line) {
        SITES.log(Level.WARNING, line);
    }

    @Override
    public void refused(String line) {
        REFUSALS.log(Level.WARNING, line);
    }
}
