package org.devstate.component.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.devstate.core.store.StoreException;
import org.devstate.sql.SqlSession;

/**
 * The tables, in H2 and PostgreSQL: those of {@code src/main/database} for Tigase, and one with their format. Stateless.
 */
public final class StoreTables {

    /** The format that this version reads and writes. A newer version may raise it, and then converts the older format. */
    static final int FORMAT = 1;

    private static final List<String> CREATE = List.of(
            """
            create table if not exists tig_devstate_policies (
                service varchar(255) not null,
                policy_text text not null,
                primary key (service))""",
            """
            create table if not exists tig_devstate_bindings (
                service varchar(255) not null,
                eid varchar(17) not null,
                account varchar(2049) not null,
                primary key (service, eid))""",
            """
            create table if not exists tig_devstate_mailboxes (
                service varchar(255) not null,
                eid varchar(17) not null,
                mailbox varchar(255) not null,
                mailbox_bytes int not null,
                new_messages int not null,
                old_messages int not null,
                account varchar(2049) not null,
                changed_at bigint not null,
                primary key (service, eid, mailbox, mailbox_bytes))""",
            """
            create table if not exists tig_devstate_devices (
                service varchar(255) not null,
                eid varchar(17) not null,
                device varchar(255) not null,
                device_bytes int not null,
                account varchar(2049) not null,
                primary key (service, eid, device, device_bytes))""",
            """
            create table if not exists tig_devstate_publishers (
                service varchar(255) not null,
                eid varchar(17) not null,
                session_jid varchar(3073) not null,
                primary key (service, eid))""",
            """
            create table if not exists tig_devstate_subscriptions (
                service varchar(255) not null,
                session_hash varchar(64) not null,
                node varchar(20) not null,
                session_jid varchar(3073) not null,
                address varchar(2049) not null,
                primary key (service, session_hash, node))""",
            """
            create table if not exists tig_devstate_leases (
                service varchar(255) not null,
                holder varchar(36) not null,
                installation varchar(64) not null,
                holder_name varchar(255) not null,
                expires_at timestamp with time zone not null,
                primary key (service))""");

    private StoreTables() {}

    /**
     * Creates missing tables: all of them, or the newer ones in the database of an older build.
     *
     * @throws StoreException if the login fails, or the tables have an unknown format
     */
    public static void prepare(SqlSession session) throws StoreException {
        int found = session.transaction("opened", StoreTables::prepare);
        if (found > FORMAT) {
            throw new StoreException(
                    session.title() + " was written by a newer version of tigase-devstate: it has format " + found
                            + ", and this version knows no newer one than " + FORMAT,
                    null);
        }
    }

    private static int prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists tig_devstate_format (version int not null)");
            try (ResultSet rows = statement.executeQuery("select max(version) from tig_devstate_format")) {
                rows.next();
                int found = rows.getInt(1);
                if (found > FORMAT) {
                    return found;
                }
                for (String table : CREATE) {
                    statement.execute(table);
                }
                if (found == 0) {
                    statement.execute("insert into tig_devstate_format values (" + FORMAT + ")");
                }
                return FORMAT;
            }
        }
    }
}
