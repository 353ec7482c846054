package org.devstate.tigase.setup;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tigase.conf.ConfigReader;
import tigase.conf.ConfigWriter;

/**
 * {@code add CONFIG [GLOB…]} puts the plugin into a configuration file of Tigase's, {@code remove CONFIG} takes it out again; by
 * Tigase's own reader and writer, which keep everything but comments. What was there is kept beside it, the first time. The
 * exit status is 0 when it is done, 1 when it can't be; then the file is as it was.
 */
public final class ConfigureTigase {

    private ConfigureTigase() {}

    public static void main(String[] args) {
        System.exit(run(Arrays.asList(args)));
    }

    private static int run(List<String> args) {
        File file = new File(args.get(1));
        try {
            Map<String, Object> config = new ConfigReader().read(file);
            String before = config.toString();
            PluginConfiguration plugin = new PluginConfiguration(config);
            if (args.get(0).equals("remove")) {
                plugin.remove();
            } else {
                plugin.add(args.subList(2, args.size())).forEach(remark -> System.out.println("note: " + remark));
            }
            if (config.toString().equals(before)) {
                System.out.println(file + " is right as it is");
            } else {
                write(file, config);
                System.out.println("changed " + file);
            }
            return 0;
        } catch (IOException | ConfigReader.ConfigException | RuntimeException e) {
            System.err.println(file + " was left as it is: " + e.getMessage());
            return 1;
        }
    }

    /** In place, so that it keeps its owner and mode; completely written elsewhere first. */
    private static void write(File file, Map<String, Object> config) throws IOException {
        Path kept = Path.of(file + ".before-devstate");
        if (!Files.exists(kept)) {
            Files.copy(file.toPath(), kept);
        }
        Path made = Files.createTempFile("config", ".tdsl");
        try {
            new ConfigWriter().write(made.toFile(), config);
            Files.write(file.toPath(), Files.readAllBytes(made));
        } finally {
            Files.delete(made);
        }
    }
}
