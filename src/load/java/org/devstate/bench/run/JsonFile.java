// SPDX-License-Identifier: Apache-2.0
package org.devstate.bench.run;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.devstate.bench.report.Failure;
import org.devstate.bench.report.Figure;
import org.devstate.bench.report.Sheet;

/** All figures of all rounds, for programs. Stateless. */
final class JsonFile {

    private JsonFile() {}

    static void write(Path file, Map<String, Object> about, Sheet sheet) {
        List<Map<String, Object>> figures =
                sheet.figures().stream().map(JsonFile::figure).toList();
        List<Map<String, Object>> failures =
                sheet.failures().stream().map(JsonFile::failure).toList();
        String json = ConfigValueFactory.fromMap(Map.of("about", about, "figures", figures, "failures", failures))
                .render(ConfigRenderOptions.defaults().setOriginComments(false).setComments(false));
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> figure(Figure figure) {
        return Map.of(
                "what", figure.what(),
                "unit", figure.unit(),
                "server", figure.server(),
                "round", figure.round(),
                "value", figure.value());
    }

    private static Map<String, Object> failure(Failure failure) {
        return Map.of(
                "what", failure.what(),
                "server", failure.server(),
                "round", failure.round(),
                "reason", failure.reason());
    }
}
