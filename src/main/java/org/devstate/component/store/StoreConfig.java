// SPDX-License-Identifier: Apache-2.0
package org.devstate.component.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.devstate.core.settings.Settings;
import org.jspecify.annotations.Nullable;

/**
 * Where the component persists its state.
 *
 * @param url the address of the database for JDBC, or {@value #NONE}
 * @param user the user of the database
 * @param password the password of that user; empty if there is none
 * @param writeInterval how long a change may wait until it is written; a crash may lose that much
 * @param folder folder for the component's own files
 */
public record StoreConfig(String url, String user, String password, Duration writeInterval, Path folder) {

    /** Replaces an address: nothing is persisted. */
    public static final String NONE = "none";

    public static final Duration DEFAULT_INTERVAL =
            Duration.ofMillis(Settings.WRITE_INTERVAL.type().fallback());

    /** Default folder, beside the configuration, unless systemd has created one for the service. */
    private static final String FOLDER = "./data";

    private static final String H2 = "jdbc:h2:file:";
    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final Pattern RELATIVE_H2 = Pattern.compile(Pattern.quote(H2) + "(\\.{1,2}/[^;]*)(.*)");

    /** Returns the default folder; see {@link #defaultUrl}. */
    public static Path defaultFolder(@Nullable String stateDirectory) {
        if (stateDirectory == null || stateDirectory.isEmpty()) {
            return Path.of(FOLDER);
        }
        return Path.of(stateDirectory.replaceFirst(":.*", ""));
    }

    /**
     * Returns the default address: a file in the folder that systemd has created for the service, or else in one beside the
     * configuration.
     *
     * @param stateDirectory the variable {@code STATE_DIRECTORY} of systemd (systemd.exec(5)): one folder, or several
     *     separated by colons
     */
    public static String defaultUrl(@Nullable String stateDirectory) {
        if (stateDirectory == null || stateDirectory.isEmpty()) {
            return Settings.STORE_URL.type().fallback();
        }
        return H2 + stateDirectory.replaceFirst(":.*", "") + "/devstate";
    }

    /** Whether state is persisted. */
    public boolean isPersistent() {
        return !url.equals(NONE);
    }

    /** Whether this type of database is supported. */
    public boolean isKnown() {
        return !isPersistent() || isEmbedded() || url.startsWith(POSTGRESQL);
    }

    /**
     * Returns the same settings with absolute paths.
     *
     * @param beginning the folder to which paths are relative
     */
    public StoreConfig in(Path beginning) {
        Path resolved = beginning.toAbsolutePath().resolve(folder).normalize();
        Matcher relative = RELATIVE_H2.matcher(url);
        if (!relative.matches()) {
            return new StoreConfig(url, user, password, writeInterval, resolved);
        }
        Path database = beginning.toAbsolutePath().resolve(relative.group(1)).normalize();
        return new StoreConfig(H2 + database + relative.group(2), user, password, writeInterval, resolved);
    }

    /**
     * Returns the address, with the settings that an embedded database needs unless the address has them. We close the database after the
     * last change is written, and not its own hook at the same time. Its errors are in our log, not in its own file.
     */
    public String fullUrl() {
        return isEmbedded() ? with("TRACE_LEVEL_FILE", "0", with("DB_CLOSE_ON_EXIT", "FALSE", url)) : url;
    }

    private static String with(String setting, String value, String url) {
        boolean isSet = url.toUpperCase(Locale.ROOT).contains(";" + setting + "=");
        return isSet ? url : url + ";" + setting + "=" + value;
    }

    private boolean isEmbedded() {
        return url.startsWith(H2);
    }

    @Override
    public String toString() {
        return url.replaceFirst("[?;].*", "");
    }
}
