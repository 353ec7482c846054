// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The folder of a Tigase that is a node of a cluster with others, each in a network namespace of its own. */
final class NodeFolder {

    /** Every node has the usual port, in its own namespace. */
    static final int PORT = 5222;

    private NodeFolder() {}

    static void make(Path home, Path folder, String name, HostSetup setup, String database) {
        TigaseFolder.makeInstalled(home, folder, PORT, setup, setup.inTdsl() + "\n");
        TigaseFolder.clusterOfSeveral(folder);
        TigaseFolder.change(folder, "uri = '" + setup.database() + "'", "uri = '" + database + "'");
        TigaseFolder.change(folder, "'cluster-mode' = true\n", "'cluster-mode' = true\n" + nodeLine(name));
    }

    static void copy(Path from, Path folder, String name) {
        Folders.delete(folder);
        Folders.copy(from, folder);
        Folders.delete(folder.resolve("logs"));
        Folders.make(folder.resolve("logs"));
        String config = Folders.read(folder.resolve("etc/config.tdsl"), 0);
        Folders.write(
                folder.resolve("etc/config.tdsl"), config.replaceFirst("'cluster-node' = '[^']*'\n", nodeLine(name)));
    }

    /** Replaces the plugin with another version of it. */
    static void usePlugin(Path folder, Path jar) {
        try (DirectoryStream<Path> installed =
                Files.newDirectoryStream(folder.resolve("jars"), "tigase-devstate*.jar")) {
            for (Path file : installed) {
                Files.copy(jar, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String nodeLine(String name) {
        return "'cluster-node' = '" + name + "'\n";
    }
}
