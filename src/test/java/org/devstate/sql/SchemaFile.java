package org.devstate.sql;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A schema file for Tigase, as its schema tool reads it. */
public record SchemaFile(Path path) {

    private static final Pattern QUERY =
            Pattern.compile("(?s)^-- QUERY START:\\R(.*?)^-- QUERY END:", Pattern.MULTILINE);

    public static SchemaFile of(String databaseType) {
        return new SchemaFile(Path.of("src", "main", "database", databaseType + "-devstate-0.1.0.sql"));
    }

    /** Each query on one line, without comments and without the semicolon. */
    public List<String> queries() throws IOException {
        Matcher matcher = QUERY.matcher(Files.readString(path));
        return matcher.results()
                .map(result -> result.group(1)
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.startsWith("--"))
                        .collect(Collectors.joining(" "))
                        .replaceFirst(";$", ""))
                .toList();
    }

    public void load(Database database) throws IOException, SQLException {
        try (Connection connection = database.open();
                Statement statement = connection.createStatement()) {
            for (String query : queries()) {
                statement.execute(query);
            }
        }
    }
}
