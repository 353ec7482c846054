// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequestOriginTest {

    @ParameterizedTest
    @CsvSource({
        "localhost,true",
        "LocalHost:8080,true",
        "127.0.0.1,true",
        "[::1]:8080,true",
        "[::1],true",
        "wall.local:1,true",
        "'',false",
        "127.0.0.2,false",
        "::1,false",
        "localhost.evil.example,false"
    })
    void aLocalServerAnswersToItsOwnNames(String host, boolean expected) {
        assertThat(RequestOrigin.local("wall.local").isForThisHost(host)).isEqualTo(expected);
        assertThat(RequestOrigin.any().isForThisHost(host)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "a:1,,,true",
        "a:1,http://a:1,,true",
        "a:1,https://A:1,same-origin,true",
        "a:1,,none,true",
        "a:1,http://a:2,,false",
        "a:1,http://b:1,,false",
        "a:1,null,,false",
        "a:1,'http://a b',,false",
        "a:1,http://a:1,cross-site,false",
        "a:1,,same-site,false"
    })
    void onlyTheOwnPageChangesSomething(String host, String origin, String site, boolean expected) {
        assertThat(RequestOrigin.any().mayChange(host, origin, site)).isEqualTo(expected);
    }
}
