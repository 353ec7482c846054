// SPDX-License-Identifier: Apache-2.0
package org.devstate.testbed.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import org.devstate.testbed.Certificates;

/** A certificate of its own, and users: with them, a {@link BoardServer} answers over TLS, and asks for a login. */
public final class BoardGuard {

    private final Path folder;

    private BoardGuard(Path folder) {
        this.folder = folder;
    }

    /** Makes a certificate for {@code localhost}, and a users file of these lines, in {@code folder}. */
    public static BoardGuard make(Path folder, List<String> users) {
        try {
            Files.createDirectories(folder);
            Certificates.selfSigned(folder, "localhost");
            BoardGuard guard = new BoardGuard(folder);
            Files.setPosixFilePermissions(guard.key(), PosixFilePermissions.fromString("rw-------"));
            guard.setUsers(users);
            return guard;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the users file other lines. */
    public void setUsers(List<String> lines) {
        try {
            Files.write(users(), lines);
            Files.setPosixFilePermissions(users(), PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The hash of the certificate's key, by which a browser can be had to trust it. */
    public String keyHash() {
        try {
            byte[] key = Certificates.read(certificate()).getPublicKey().getEncoded();
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(key));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    HttpClient.Builder trust(HttpClient.Builder client) {
        return client.sslContext(Certificates.trusting(certificate()));
    }

    List<String> options() {
        return List.of(
                "--users", users().toString(), "--certificate", certificate().toString(), "--key", key().toString());
    }

    private Path users() {
        return folder.resolve("users");
    }

    private Path certificate() {
        return folder.resolve("cert.pem");
    }

    private Path key() {
        return folder.resolve("key.pem");
    }
}
