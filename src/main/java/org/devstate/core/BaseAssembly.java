// SPDX-License-Identifier: Apache-2.0
package org.devstate.core;

import org.devstate.core.delivery.AddressBook;
import org.devstate.core.model.Jid;
import org.devstate.core.operatorlog.OperatorLogQueue;
import org.devstate.core.operatorlog.SiteLogger;
import org.devstate.core.policy.ActivePolicy;
import org.devstate.core.policy.Policy;
import org.devstate.core.replication.ClusterClock;
import org.devstate.core.spi.Clock;
import org.devstate.core.stats.Counters;

/** The parts of a service that all others use. */
final class BaseAssembly {

    final Jid address;
    final Host host;
    final ServiceOutage outage;
    final ActivePolicy activePolicy;
    final Counters counters = new Counters();
    final AddressBook addresses;
    final OperatorLogQueue operatorLog;
    final SiteLogger siteLogger;

    BaseAssembly(Jid address, Policy policy, Host given) {
        this.address = address;
        this.outage = new ServiceOutage(given.persister());
        Clock clock = given.cluster() == null ? given.clock() : new ClusterClock(given.clock());
        this.host = new Host(clock, given.scheduler(), given.sender(), outage, given.cluster());
        this.activePolicy = new ActivePolicy(policy);
        this.addresses = new AddressBook(address);
        this.operatorLog = new OperatorLogQueue(address, host.clock(), host.scheduler());
        this.siteLogger = new SiteLogger(operatorLog, activePolicy, host.clock());
    }
}
