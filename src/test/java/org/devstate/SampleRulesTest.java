// SPDX-License-Identifier: Apache-2.0
package org.devstate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of sample sites, which administrators copy. */
final class SampleRulesTest {

    private static final Pattern SITE = Pattern.compile("\\bservers pbx");
    private static final Pattern DROPS = Pattern.compile("publish drop device MWI:\\* publish drop device XMPP/\\* ");

    /** Devices that are made of mailboxes and of {@code buddy=} lines are of no use on another server. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "src/site/markdown/sites-and-rules.md",
                "etc/component.conf",
                "etc/config.tdsl",
                "etc/sites.policy"
            })
    void eachSiteDropsDevicesThatAreOfNoUseElsewhere(String file) throws IOException {
        String rules =
                Files.readString(Path.of(file)).replaceAll("(?m)^\\s*#", "").replaceAll("[\\s',]+", " ");
        assertThat(SITE.matcher(rules).results().count()).isPositive();
        assertThat(DROPS.matcher(rules).results().count())
                .isEqualTo(SITE.matcher(rules).results().count());
    }
}
