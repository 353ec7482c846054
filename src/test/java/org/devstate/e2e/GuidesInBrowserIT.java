// SPDX-License-Identifier: Apache-2.0
package org.devstate.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.devstate.testbed.Testbed;
import org.devstate.testbed.browser.Chromium;
import org.devstate.testbed.browser.Page;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The pages of the guides in a real browser, from their files, without any server. */
@Tag("e2e")
@Timeout(120)
final class GuidesInBrowserIT {

    private static final Path TARGET = Path.of(
                    Objects.requireNonNull(System.getProperty("devstate.target"), "devstate.target"))
            .toAbsolutePath();

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private static final String SECTION = "a-queue-rings-a-busy-agent-or-shows-it-as-unavailable";

    private static final String FIRST = "document.querySelector('#guide-search li a')";

    @Test
    void aSearchLeadsToTheSectionWithTheWords() {
        String site = TARGET.resolve("site").toUri().toString();
        try (Chromium browser = Chromium.start(Testbed.find(), TARGET.resolve("e2e/GuidesInBrowserIT"));
                Page page = browser.open(site + "decisions/README.html", 1200, 800)) {
            page.await("the search is there", LIMIT, "document.querySelector('#guide-search')?.hidden === false");
            page.press("/");
            page.type("queue rings busy");
            page.await("a result", LIMIT, FIRST + "?.textContent.includes('A queue rings a busy agent')");
            Chromium.save(page.screenshot(1), TARGET.resolve("screenshots/guides-search.png"));
            page.press("Enter");
            page.await("the section", LIMIT, "location.href.endsWith('/troubleshooting.html#" + SECTION + "')");
            page.await(
                    "it is in view",
                    LIMIT,
                    "(top => top >= 0 && top < innerHeight)" + "(document.querySelector('#" + SECTION
                            + "')?.getBoundingClientRect().top ?? -1)");

            page.press("/");
            page.type("no-such-word");
            page.await(
                    "no result",
                    LIMIT,
                    "document.querySelector('#guide-search .count')?.textContent.startsWith('No section')");
            page.press("Escape");
            assertThat(page.count("#guide-search li")).isZero();
            assertThat(page.complaints()).isEmpty();
        }
    }

    @Test
    void noPageIsWiderThanATelephone() {
        String site = TARGET.resolve("site").toUri().toString();
        try (Chromium browser = Chromium.start(Testbed.find(), TARGET.resolve("e2e/GuidesInBrowserIT"));
                Page page = browser.open(site + "settings.html", 390, 800)) {
            page.await("the search is there", LIMIT, "document.querySelector('#guide-search')?.hidden === false");
            Chromium.save(page.screenshot(1), TARGET.resolve("screenshots/guides-phone.png"));
            assertThat(page.evaluate("document.documentElement.scrollWidth").getAsInt())
                    .isLessThanOrEqualTo(390);
        }
    }
}
