package org.devstate.component;

import java.util.HashMap;
import java.util.Map;
import java.util.prefs.AbstractPreferences;
import java.util.prefs.Preferences;
import java.util.prefs.PreferencesFactory;
import org.jspecify.annotations.Nullable;

/**
 * Keeps Whack from writing a tree of user preferences into the home of whoever runs the component: it opens them whenever it
 * connects, and has no use for them here. Nothing is kept beyond the process.
 */
public final class NoPreferences implements PreferencesFactory {

    /** Takes the place of the JVM's own preferences, where nobody has asked for others. */
    static void install() {
        if (System.getProperty("java.util.prefs.PreferencesFactory") == null) {
            System.setProperty("java.util.prefs.PreferencesFactory", NoPreferences.class.getName());
        }
    }

    @Override
    public Preferences systemRoot() {
        return new Node();
    }

    @Override
    public Preferences userRoot() {
        return new Node();
    }

    private static final class Node extends AbstractPreferences {
        private final Map<String, String> values = new HashMap<>();

        Node() {
            super(null, "");
        }

        @Override
        protected void putSpi(String key, String value) {
            values.put(key, value);
        }

        @Override
        protected @Nullable String getSpi(String key) {
            return values.get(key);
        }

        @Override
        protected void removeSpi(String key) {
            values.remove(key);
        }

        @Override
        protected void removeNodeSpi() {
            values.clear();
        }

        @Override
        protected String[] keysSpi() {
            return values.keySet().toArray(new String[0]);
        }

        @Override
        protected String[] childrenNamesSpi() {
            return new String[0];
        }

        @Override
        protected AbstractPreferences childSpi(String name) {
            throw new UnsupportedOperationException("there are no preferences here");
        }

        @Override
        protected void syncSpi() {}

        @Override
        protected void flushSpi() {}
    }
}
