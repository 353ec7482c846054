// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.prosody;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.devstate.ctl.setup.plan.SourceFiles;
import org.devstate.ctl.xmpp.Failure;
import org.jspecify.annotations.Nullable;

/** Reads the configuration of Prosody with all that it includes, but without our own file. Used once. */
final class ProsodyConfigReader {

    /** A file that includes itself would never end. */
    private static final int MOST_DEPTH = 10;

    private final SourceFiles files;
    private final Path ownFile;
    private final ProsodyConfig config = new ProsodyConfig();

    private ProsodyConfigReader(SourceFiles files, Path ownFile) {
        this.files = files;
        this.ownFile = ownFile;
    }

    /** Reads {@code main}, and leaves out {@code ownFile}. */
    static ProsodyConfig read(SourceFiles files, Path main, Path ownFile) throws Failure {
        ProsodyConfigReader reader = new ProsodyConfigReader(files, ownFile);
        reader.read(main, 0);
        return reader.config;
    }

    private void read(Path file, int depth) throws Failure {
        if (depth > MOST_DEPTH) {
            throw Failure.usage(file + " is included by itself");
        }
        LuaReader.read(new LuaSource(file), files.read(file), new OneFile(file, depth));
    }

    /** The statements of one file, which begins with the settings above all hosts. */
    private final class OneFile implements LuaActions {

        private final Path file;
        private final int depth;
        private String host = ProsodyConfig.GLOBAL;

        OneFile(Path file, int depth) {
            this.file = file;
            this.depth = depth;
        }

        @Override
        public void set(String name, LuaValue value, int line) {
            config.set(host, name, new ProsodySetting(value, file, line, !config.isIncluded()));
        }

        @Override
        public void host(String name) {
            host = ProsodyConfig.normalized(name);
            config.addHost(host);
        }

        @Override
        public void component(String name, @Nullable String module) {
            host = ProsodyConfig.normalized(name);
            config.addComponent(host, module);
        }

        @Override
        public void endHost() {
            host = ProsodyConfig.GLOBAL;
        }

        @Override
        public void include(String pattern, int line) throws Failure {
            Path named = file.resolveSibling(pattern).normalize();
            String name = String.valueOf(named.getFileName());
            if (!name.contains("*") && !name.contains("?")) {
                include(named);
                return;
            }
            Path folder = named.getParent();
            if (folder == null || !files.isFolder(folder)) {
                throw Failure.usage(file + ", line " + line + " includes " + pattern + ", but there is no such folder");
            }
            Pattern glob = glob(name);
            if (folder.equals(ownFile.getParent())
                    && glob.matcher(String.valueOf(ownFile.getFileName())).matches()) {
                config.setIncluded(); // Prosody reads the files of a folder in no certain order
            }
            List<Path> all = files.list(folder);
            for (Path each : all) {
                String eachName = String.valueOf(each.getFileName());
                if (!eachName.startsWith(".") && glob.matcher(eachName).matches()) {
                    include(each);
                }
            }
        }

        private void include(Path other) throws Failure {
            if (other.equals(ownFile)) {
                config.setIncluded();
            } else {
                read(other, depth + 1);
            }
        }
    }

    private static Pattern glob(String name) {
        StringBuilder pattern = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char each = name.charAt(i);
            pattern.append(each == '*' ? ".*" : each == '?' ? "." : Pattern.quote(String.valueOf(each)));
        }
        return Pattern.compile(pattern.toString());
    }
}
