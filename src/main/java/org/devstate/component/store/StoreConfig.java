package org.devstate.component.store;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.devstate.core.store.WriteInterval;
import org.jspecify.annotations.Nullable;

/**
 * Where the component keeps what outlives a restart.
 *
 * @param url the address of the database for JDBC, or {@value #NONE}
 * @param user who logs in there
 * @param password the password of that user; empty where there is none
 * @param writeInterval how long a change may wait until it is written: what a crash may lose
 * @param folder where the component may have files of its own
 */
public record StoreConfig(String url, String user, String password, Duration writeInterval, Path folder) {

    /** Instead of an address: nothing is kept. */
    public static final String NONE = "none";

    public static final String DEFAULT_USER = "devstate";
    public static final Duration DEFAULT_INTERVAL = Duration.ofMillis(WriteInterval.DEFAULT_MS);

    /** Beside the configuration, unless systemd has made one for the service. */
    private static final String FOLDER = "./data";

    private static final String H2 = "jdbc:h2:file:";
    private static final String POSTGRESQL = "jdbc:postgresql:";
    private static final Pattern RELATIVE_H2 = Pattern.compile(Pattern.quote(H2) + "(\\.{1,2}/[^;]*)(.*)");

    public StoreConfig(String url, String user, String password, Duration writeInterval) {
        this(url, user, password, writeInterval, Path.of(FOLDER));
    }

    /** Its folder; see {@link #defaultUrl}. */
    public static Path defaultFolder(@Nullable String stateDirectory) {
        if (stateDirectory == null || stateDirectory.isEmpty()) {
            return Path.of(FOLDER);
        }
        return Path.of(stateDirectory.replaceFirst(":.*", ""));
    }

    /**
     * The address where none is given: of a file in the folder that systemd has made for the service, or else in one beside the
     * configuration.
     *
     * @param stateDirectory what systemd says by the variable {@code STATE_DIRECTORY} (systemd.exec(5)): one folder, or several
     *     with colons between
     */
    public static String defaultUrl(@Nullable String stateDirectory) {
        if (stateDirectory == null || stateDirectory.isEmpty()) {
            return H2 + FOLDER + "/devstate";
        }
        return H2 + stateDirectory.replaceFirst(":.*", "") + "/devstate";
    }

    /** Whether anything is kept. */
    public boolean isKept() {
        return !url.equals(NONE);
    }

    /** Whether we know this database. */
    public boolean isKnown() {
        return !isKept() || isEmbedded() || url.startsWith(POSTGRESQL);
    }

    /**
     * With its files where they belong.
     *
     * @param beginning where a relative path begins
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
     * The address with what an embedded database needs besides, unless it says otherwise: it is closed by us, after the last change
     * is written, and not by a hook of its own at the same time; and what it fails at is in our log, not in a file of its own.
     */
    public String fullUrl() {
        return isEmbedded() ? with("TRACE_LEVEL_FILE", "0", with("DB_CLOSE_ON_EXIT", "FALSE", url)) : url;
    }

    private static String with(String setting, String value, String url) {
        boolean said = url.toUpperCase(Locale.ROOT).contains(";" + setting + "=");
        return said ? url : url + ";" + setting + "=" + value;
    }

    private boolean isEmbedded() {
        return url.startsWith(H2);
    }

    @Override
    public String toString() {
        return url.replaceFirst("[?;].*", "");
    }
}
