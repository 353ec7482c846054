// SPDX-License-Identifier: Apache-2.0
package org.devstate.sql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** A database by its JDBC address. Thread-safe. */
public final class JdbcDatabase implements Database {

    /**
     * Limits of time, so that a silent server does not block a thread for longer: 5 seconds to connect and 10 to answer. And batches
     * are sent as such, not statement by statement. Each driver has names and units of its own; a database in this process needs none.
     */
    private static final Map<String, Map<String, String>> SETTINGS = Map.of(
            "jdbc:postgresql:",
            Map.of("connectTimeout", "5", "socketTimeout", "10", "tcpKeepAlive", "true"),
            "jdbc:mysql:",
            Map.of("connectTimeout", "5000", "socketTimeout", "10000", "rewriteBatchedStatements", "true"));

    private final String url;
    private final String title;
    private final String missingTables;
    private final Properties properties = new Properties();

    /**
     * @param url the address; it may hold the user and the password
     * @param missingTables the advice to the administrator if a table is missing
     */
    public JdbcDatabase(String url, String missingTables) {
        this.url = url;
        this.title = url.replaceFirst("[?;].*", "").replaceFirst("//[^/@]*@", "//");
        this.missingTables = missingTables;
        SETTINGS.forEach((scheme, settings) -> {
            if (url.startsWith(scheme)) {
                properties.putAll(settings);
            }
        });
    }

    /** The same, with a user and a password that are not in the address. */
    public JdbcDatabase(String url, String user, String password, String missingTables) {
        this(url, missingTables);
        properties.setProperty("user", user);
        properties.setProperty("password", password);
    }

    @Override
    public Connection open() throws SQLException {
        return DriverManager.getConnection(url, properties);
    }

    /**
     * H2 writes a commit down within {@code WRITE_DELAY}, half a second, and leaves the rest to the operating system. (With a delay
     * of none it would write at once, but then it never tidies its file, which grows.)
     */
    @Override
    public void harden(Connection connection) throws SQLException {
        if (url.startsWith("jdbc:h2:")) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("CHECKPOINT SYNC");
            }
        }
    }

    /** As a file of H2's or Derby's is, unless other processes may get to it by way of the one that has it. */
    @Override
    public boolean isExclusive() {
        boolean file =
                url.startsWith("jdbc:h2:file:") || (url.startsWith("jdbc:derby:") && !url.startsWith("jdbc:derby://"));
        return file && !url.toUpperCase(Locale.ROOT).contains("AUTO_SERVER=TRUE");
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public String missingTables() {
        return missingTables;
    }

    @Override
    public String clean(String text) {
        return text.replace(url, title).replaceAll("(?i)(password|pwd)=[^;&\\s]*", "$1=***");
    }
}
