// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A change as it is shown. */
final class ChangeViewTest {

    private static List<String> view(@Nullable String before, String after) {
        return ChangeView.of(new FileChange(
                Path.of("a.conf"), "test", before, after, FileAccess.PRIVATE, Map.of("s3cret", "(secret)")));
    }

    @Test
    void aNewFileIsShownWholeButForItsSecrets() {
        assertThat(view(null, "a = 1\nb = s3cret\n")).containsExactly("+ a = 1", "+ b = (secret)");
    }

    @Test
    void aChangedLineIsShownBetweenTwoOthers() {
        assertThat(view("1\n2\n3\nold\n5\n6\n7\n", "1\n2\n3\nnew\n5\n6\n7\n"))
                .containsExactly("  2", "  3", "- old", "+ new", "  5", "  6");
    }

    @Test
    void addedAndRemovedLinesAreShown() {
        assertThat(view("1\n2\n", "1\n2\n3\n")).containsExactly("  1", "  2", "+ 3");
        assertThat(view("1\n2\n3\n", "2\n3\n")).containsExactly("- 1", "  2", "  3");
        assertThat(view("same\nsame\n", "same\nsame\nsame\n")).containsExactly("  same", "  same", "+ same");
    }

    @Test
    void distantChangesAreShownApart() {
        assertThat(view("1\n2\n3\n4\n5\n6\n7\n8\n", "new\n1\n2\n3\n4\n5\n6\n7\n"))
                .containsExactly("+ new", "  1", "  2", "  ...", "  6", "  7", "- 8");
    }

    @Test
    void aSecretIsHiddenOnBothSides() {
        assertThat(view("x s3cret\n", "y s3cret\n")).containsExactly("- x (secret)", "+ y (secret)");
    }
}
