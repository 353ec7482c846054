// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve;

import java.security.KeyStore;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.devstate.ctl.command.ConnectedCommand;
import org.devstate.ctl.command.ConversationOpener;
import org.devstate.ctl.command.ExtraSubcommand;
import org.devstate.ctl.settings.ConnectionSettings;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.serve.http.HttpFrontend.HttpBinding;
import org.devstate.serve.security.Authenticator;
import org.devstate.serve.security.PemFiles;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code devstatectl serve} */
@Command(
        name = "serve",
        description =
                "Offers a live wallboard, metrics for Prometheus and an API by HTTP, until SIGTERM or Ctrl-C; on 127.0.0.1:8080"
                        + " unless you choose another address. The guide is src/site/markdown/monitoring.md.",
        footer = {
            "",
            "Examples:",
            "  devstatectl serve",
            "  devstatectl serve --listen 0.0.0.0:8443 --users users --certificate cert.pem --key key.pem",
            "  curl -s http://127.0.0.1:8080/api/v1/entries?site=paris"
        })
public final class Serve extends ConnectedCommand implements ExtraSubcommand {

    private static final Logger LOG = LoggerFactory.getLogger(Serve.class);

    private static final long LONGEST_END_S = 10;

    @Mixin
    private ServeOptions options = new ServeOptions();

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable ServeSettings settings;

    @Override
    protected void check() throws Failure {
        settings = ServeSettings.of(options.given(), ConnectionSettings.section(parent().connection(), "serve"));
    }

    @Override
    protected void run(ConversationOpener opener) throws Failure {
        ServeSettings checked = settings;
        if (checked == null) {
            throw new IllegalStateException("not checked");
        }
        InstantSource clock = InstantSource.system();
        Authenticator authenticator = checked.users() == null
                ? Authenticator.withoutUsers(clock)
                : Authenticator.ofFile(checked.users(), clock);
        HttpBinding binding = new HttpBinding(checked.address(), keys(checked, clock), checked.streams());
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopAndWait, "stop"));
        try {
            try (ServeRun run = ServeRun.start(checked, binding, authenticator, opener, clock)) {
                LOG.info("Listening on {} for {}", checked.url(run.port()), opener.service());
                stopping.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            LOG.info("Stopped");
        } finally {
            ended.countDown();
        }
    }

    private static @Nullable KeyStore keys(ServeSettings settings, InstantSource clock) throws Failure {
        return settings.certificate() == null || settings.key() == null
                ? null
                : PemFiles.keyStore(settings.certificate(), settings.key(), clock.instant());
    }

    /** Runs at SIGTERM and Ctrl-C. */
    private void stopAndWait() {
        stopping.countDown();
        try {
            boolean isClean = ended.await(LONGEST_END_S, TimeUnit.SECONDS);
            if (!isClean) {
                LOG.warn("Connections are still open after {} s", LONGEST_END_S);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
