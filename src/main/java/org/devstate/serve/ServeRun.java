// SPDX-License-Identifier: Apache-2.0
package org.devstate.serve;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.devstate.ctl.command.ConversationOpener;
import org.devstate.ctl.xmpp.Failure;
import org.devstate.serve.api.CachedCalls;
import org.devstate.serve.api.LiveRoutes;
import org.devstate.serve.api.ReadRoutes;
import org.devstate.serve.feed.Feed;
import org.devstate.serve.feed.FeedFollower;
import org.devstate.serve.feed.FigureReader;
import org.devstate.serve.feed.LiveCalls;
import org.devstate.serve.http.HttpFrontend;
import org.devstate.serve.http.HttpFrontend.HttpBinding;
import org.devstate.serve.http.PageFiles;
import org.devstate.serve.http.RequestGuards;
import org.devstate.serve.http.Route;
import org.devstate.serve.http.StreamHub;
import org.devstate.serve.metrics.MetricsRoute;
import org.devstate.serve.metrics.ServeFigures;
import org.devstate.serve.security.AttemptLimit;
import org.devstate.serve.security.Authenticator;
import org.devstate.serve.security.RequestOrigin;
import org.devstate.serve.webhook.Webhooks;

/** All parts of a running {@code devstatectl serve}. */
final class ServeRun implements AutoCloseable {

    /** How many requests that ask the service a client may make at once, and then one in this period. */
    private static final int LIVE_AT_ONCE = 20;

    private static final Duration LIVE_PERIOD = Duration.ofMillis(200);

    private final LiveCalls live;
    private final FeedFollower follower;
    private final FigureReader figures;
    private final Webhooks webhooks;
    private final HttpFrontend frontend;

    private ServeRun(
            LiveCalls live, FeedFollower follower, FigureReader figures, Webhooks webhooks, HttpFrontend frontend) {
        this.live = live;
        this.follower = follower;
        this.figures = figures;
        this.webhooks = webhooks;
        this.frontend = frontend;
    }

    /**
     * Starts them. The service need not be there yet.
     *
     * @throws Failure if the HTTP server cannot be started, or the webhooks file is invalid
     */
    static ServeRun start(
            ServeSettings settings,
            HttpBinding binding,
            Authenticator authenticator,
            ConversationOpener opener,
            InstantSource clock)
            throws Failure {
        Feed feed = new Feed(clock);
        Webhooks webhooks = Webhooks.of(settings.webhooks(), feed, clock);
        LiveCalls live = new LiveCalls(opener);
        CachedCalls cached = new CachedCalls(live, clock);
        String title = settings.title() == null ? opener.service() : settings.title();
        List<Route> routes = new ArrayList<>();
        routes.addAll(new ReadRoutes(feed, cached, opener.service(), title).all());
        routes.addAll(new LiveRoutes(feed, live).all());
        StreamHub hub = new StreamHub(settings.streams(), authenticator);
        routes.add(new MetricsRoute(feed, cached, new ServeFigures(feed, hub, webhooks, clock)).route());
        feed.log().setListener(() -> {
            hub.wake();
            webhooks.wake();
        });
        RequestGuards guards = new RequestGuards(
                authenticator,
                settings.isLocal() && !authenticator.isNeeded()
                        ? RequestOrigin.local(settings.host())
                        : RequestOrigin.any(),
                new AttemptLimit(LIVE_AT_ONCE, LIVE_PERIOD, clock),
                settings.isBehindProxy());
        HttpFrontend frontend = HttpFrontend.start(binding, routes, new PageFiles(ServeRun.class, "page"), guards, hub);
        FeedFollower follower = new FeedFollower(opener, feed);
        FigureReader figures = new FigureReader(live.patient(), feed, follower);
        startThread(webhooks, "webhooks");
        startThread(follower, "changes");
        startThread(figures, "figures");
        return new ServeRun(live, follower, figures, webhooks, frontend);
    }

    private static void startThread(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** The port of the HTTP server. */
    int port() {
        return frontend.port();
    }

    @Override
    public void close() {
        frontend.close();
        figures.close();
        follower.close();
        webhooks.close();
        live.close();
    }
}
