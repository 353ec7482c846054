// SPDX-License-Identifier: Apache-2.0
package org.devstate.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.devstate.core.store.StoreException;

/**
 * The lease that a process has on a service address in a database, so that no two processes serve one address from one database without
 * knowing it. It lasts {@value #TERM_S} seconds after it was renewed last, by the clock of the database: clocks of machines do not
 * matter. The nodes of a cluster have one lease together. Every write of {@link SqlStore} renews it too, and fails without it. Thread-safe.
 */
public final class ServiceLease {

    /** How long a lease lasts after it was renewed last, in seconds. */
    public static final int TERM_S = 30;

    /** How often it is to be renewed, in milliseconds. */
    public static final long RENEWAL_MS = 10_000;

    /** The name of a function that all drivers translate (JDBC 4.3, appendix C). */
    private static final String END = "{fn timestampadd(SQL_TSI_SECOND, " + TERM_S + ", current_timestamp)}";

    private static final String TAKE = "update tig_devstate_leases"
            + " set holder = ?, installation = ?, holder_name = ?, expires_at = " + END + " where service = ?";
    private static final String IF_FREE =
            " and (holder = ? or expires_at <= current_timestamp or (installation = ? and installation <> ''))";
    private static final String INSERT = "insert into tig_devstate_leases"
            + " (service, holder, installation, holder_name, expires_at) values (?, ?, ?, ?, " + END + ")";
    private static final String RENEW =
            "update tig_devstate_leases set expires_at = " + END + " where service = ? and holder = ?";
    private static final String RELEASE = "delete from tig_devstate_leases where service = ? and holder = ?";
    private static final String READ = "select holder_name from tig_devstate_leases where service = ?";

    /** How the state of an SQL error begins if the row exists already. */
    private static final String DUPLICATE = "23";

    /** Within a transaction: another process has the lease. */
    static final class TakenSqlException extends SQLException {
        private static final long serialVersionUID = 1;

        TakenSqlException(String holder) {
            super(holder);
        }
    }

    private final SqlSession session;
    private final String service;
    private final LeaseHolder self;
    private boolean mayFollowItsPredecessor = true;

    /**
     * @param session connects to the database; may be shared
     * @param service the address of the service
     * @param self the process that takes the lease
     */
    public ServiceLease(SqlSession session, String service, LeaseHolder self) {
        this.session = session;
        this.service = service;
        this.self = self;
    }

    /**
     * Takes the lease, if it is free, has expired, or belongs to a process of the same installation that has ended without releasing it.
     * The last only until it has been taken once: if another process has it then, that process is alive.
     *
     * @throws LeaseTakenException if another process has it
     * @throws StoreException if the database fails
     */
    public synchronized void take() throws StoreException {
        try {
            takeOnce();
        } catch (LeaseTakenException e) {
            if (!self.isCluster()) {
                throw e;
            }
            takeOnce(); // another node of the cluster may have taken it for the first time at the same moment
        }
        mayFollowItsPredecessor = false;
    }

    private void takeOnce() throws StoreException {
        session.transaction("leased", connection -> {
            if (!update(connection) && !insert(connection)) {
                throw new TakenSqlException(holder(connection));
            }
            return service;
        });
    }

    private boolean update(Connection connection) throws SQLException {
        boolean anyway = session.database().isExclusive() && mayFollowItsPredecessor;
        String installation = mayFollowItsPredecessor ? self.installation() : "";
        try (PreparedStatement statement = connection.prepareStatement(anyway ? TAKE : TAKE + IF_FREE)) {
            statement.setString(1, self.id());
            statement.setString(2, self.installation());
            statement.setString(3, self.name());
            statement.setString(4, service);
            if (!anyway) {
                statement.setString(5, self.id());
                statement.setString(6, installation);
            }
            return statement.executeUpdate() > 0;
        }
    }

    private boolean insert(Connection connection) throws SQLException {
        if (!holder(connection).isEmpty()) {
            return false;
        }
        try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
            statement.setString(1, service);
            statement.setString(2, self.id());
            statement.setString(3, self.installation());
            statement.setString(4, self.name());
            return statement.executeUpdate() > 0;
        } catch (SQLException e) {
            if (String.valueOf(e.getSQLState()).startsWith(DUPLICATE)) {
                throw new TakenSqlException("a process that has just started");
            }
            throw e;
        }
    }

    /**
     * Renews the lease.
     *
     * @throws LeaseTakenException if another process has taken it since
     * @throws StoreException if the database fails; then no other process can take the lease either
     */
    public void renew() throws StoreException {
        session.transaction("leased", connection -> {
            renew(connection);
            return service;
        });
    }

    /** The same as part of a transaction. */
    void renew(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RENEW)) {
            statement.setString(1, service);
            statement.setString(2, self.id());
            if (statement.executeUpdate() == 0) {
                throw new TakenSqlException(holder(connection));
            }
        }
    }

    /**
     * Ends the lease, so that another process may serve at once. If this process does not have it, nothing changes. The lease of a
     * cluster ends by itself, when no node renews it any more.
     *
     * @throws StoreException if the database fails
     */
    public void release() throws StoreException {
        if (self.isCluster()) {
            return;
        }
        session.transaction("leased", connection -> {
            try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
                statement.setString(1, service);
                statement.setString(2, self.id());
                return statement.executeUpdate();
            }
        });
    }

    /** The name of the process that has the lease; empty if none has. */
    private String holder(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(READ)) {
            statement.setString(1, service);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) : "";
            }
        }
    }
}
