package org.devstate.testbed;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Certificates for servers of a test. */
final class Certificates {

    private Certificates() {}

    /** Writes {@code cert.pem} and {@code key.pem} into {@code folder}, good for {@code domain} and a month. */
    static void selfSigned(Path folder, String domain) {
        ServerProcess.run(
                folder,
                Map.of(),
                List.of(
                        "openssl",
                        "req",
                        "-x509",
                        "-newkey",
                        "rsa:2048",
                        "-nodes",
                        "-days",
                        "30",
                        "-subj",
                        "/CN=" + domain,
                        "-keyout",
                        "key.pem",
                        "-out",
                        "cert.pem"));
    }
}
