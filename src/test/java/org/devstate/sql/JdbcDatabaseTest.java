// SPDX-License-Identifier: Apache-2.0
package org.devstate.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.devstate.core.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JdbcDatabaseTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "jdbc:postgresql://db:5432/tigase?user=tigase&password=pa55 | jdbc:postgresql://db:5432/tigase",
                "jdbc:mysql://tigase:pa55@db/tigase?useSSL=true | jdbc:mysql://db/tigase",
                "jdbc:derby:tigasedb;create=true;password=pa55 | jdbc:derby:tigasedb",
                "jdbc:h2:file:/var/lib/devstate;PASSWORD=pa55 | jdbc:h2:file:/var/lib/devstate"
            })
    void itsTitleHasItsAddressAndNoPassword(String url, String title) {
        assertThat(new JdbcDatabase(url, "").title()).isEqualTo(title);
    }

    @ParameterizedTest
    @CsvSource({"jdbc:nobody://tigase:pa55@db/x?user=a&password=pa55", "jdbc:nobody:x;PASSWORD=pa55;a=b"})
    void theMessageOfADriverIsReportedWithoutThePassword(String url) {
        SqlStore store = new SqlStore(new SqlSession(new JdbcDatabase(url, "")), "a");

        assertThatThrownBy(store::load)
                .isInstanceOf(StoreException.class)
                .hasMessageContainingAll("jdbc:nobody:", "No suitable driver")
                .message()
                .doesNotContain("pa55");
    }

    @Test
    void aPasswordInTheMiddleOfATextIsRemoved() {
        JdbcDatabase database = new JdbcDatabase("jdbc:nobody:x", "");

        assertThat(database.clean("wrong: password=pa55;a Pwd=pa55 b")).isEqualTo("wrong: password=***;a Pwd=*** b");
    }
}
