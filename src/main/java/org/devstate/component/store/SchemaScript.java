// SPDX-License-Identifier: Apache-2.0
package org.devstate.component.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the schema files as Tigase's schema tool does: queries between two marks, with comments. Stateless. */
public final class SchemaScript {

    private static final Pattern QUERY = Pattern.compile("(?sm)^-- QUERY START:\\R(.*?)^-- QUERY END:");

    private SchemaScript() {}

    /** Returns the queries of the file for PostgreSQL, which H2 understands too. */
    static List<String> postgresql() {
        String name = "/database/postgresql-devstate-0.1.0.sql";
        try (InputStream file = SchemaScript.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new IllegalStateException(name + " is missing in the jar");
            }
            return queries(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new IllegalStateException(name + " cannot be read", e);
        }
    }

    /** Returns each query on one line, without comments and without the semicolon. */
    public static List<String> queries(String script) {
        return QUERY.matcher(script)
                .results()
                .map(result -> result.group(1)
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !line.startsWith("--"))
                        .collect(Collectors.joining(" "))
                        .replaceFirst(";$", ""))
                .toList();
    }
}
