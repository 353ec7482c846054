// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import org.devstate.core.nodes.LeafNodes;
import org.devstate.core.nodes.NodeOwnership;
import org.devstate.core.nodes.NodeReader;
import org.devstate.core.operatorlog.RejectionLogger;
import org.devstate.core.operatorlog.RejectionRecorder;
import org.devstate.core.requests.NodeHandler;
import org.devstate.core.requests.PublishActivity;
import org.devstate.core.requests.PublishHandler;
import org.devstate.core.requests.PublishResponder;
import org.devstate.core.requests.ReplySender;
import org.devstate.core.requests.RequestDispatcher;
import org.devstate.core.requests.RequestGuard;
import org.devstate.core.requests.SubscriptionHandler;

/** The parts of a service that answer requests. */
final class RequestAssembly {

    final RejectionRecorder rejections;
    final PublishActivity activity;
    final LeafNodes leafNodes;
    final RequestGuard guard;
    final RequestDispatcher dispatcher;

    RequestAssembly(BaseAssembly base, EntryAssembly entries, SessionAssembly sessions, NodeOwnership ownership) {
        Host host = base.host;
        this.rejections = new RejectionRecorder(new RejectionLogger(base.operatorLog, host.scheduler()), host.clock());
        ReplySender replies = new ReplySender(base.addresses, host.sender(), rejections);
        this.activity = new PublishActivity(host.clock());
        PublishHandler publishHandler = new PublishHandler(
                base.activePolicy,
                sessions.eids,
                entries.stored.recorder(),
                activity,
                new PublishResponder(replies, base.counters, sessions.bindings, entries.room));
        SubscriptionHandler subscriptionHandler = new SubscriptionHandler(
                sessions.lifecycle, entries.subscriptions, entries.snapshots, replies, base.counters);
        this.leafNodes = new LeafNodes(ownership, base.activePolicy, entries.table, entries.audiences);
        NodeReader nodeReader = new NodeReader(base.address, ownership, entries.table, entries.audiences);
        this.guard = new RequestGuard(base.activePolicy, replies, base.counters);
        this.dispatcher = new RequestDispatcher(
                leafNodes, guard, publishHandler, subscriptionHandler, new NodeHandler(leafNodes, nodeReader, replies));
    }
}
