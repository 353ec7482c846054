// SPDX-License-Identifier: Apache-2.0
package org.devstate.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SchemaFileTest {

    @ParameterizedTest
    @ValueSource(strings = {"derby", "mysql"})
    void theTablesAreThoseOfPostgresqlButForTheNamesOfTypes(String databaseType) throws IOException {
        assertThat(tables(databaseType)).hasSize(7).isEqualTo(tables("postgresql"));
    }

    private static List<String> tables(String databaseType) throws IOException {
        return SchemaFile.of(databaseType).queries().stream()
                .map(query -> query.replace("create table if not exists", "create table")
                        .replaceAll("policy_text (clob\\(16M\\)|mediumtext|text)", "policy_text TEXT")
                        .replaceAll("expires_at timestamp( with time zone not null| not null| null)", "expires_at TIME")
                        .replace(
                                " engine=InnoDB row_format=dynamic default character set utf8mb4 collate utf8mb4_bin",
                                ""))
                .toList();
    }
}
