/**
 * Keeps what outlives a restart in an SQL database, in both hosts, with nothing but JDBC. A host says which {@link
 * org.devstate.sql.Database} it is, and brings the driver:
 *
 * <pre>{@code
 * SqlSession session = new SqlSession(new JdbcDatabase(url, user, password, "what to do where tables are missing"));
 * Store store = new SqlStore(session, "pubsub.example.net");
 * WriterThread thread = new WriterThread();
 * WriteBehind writer = new WriteBehind(store, thread, 1_000);
 * ...
 * thread.finish(writer::flush, 5_000); // at the end
 * session.close();
 * }</pre>
 */
@NullMarked
package org.devstate.sql;

import org.jspecify.annotations.NullMarked;
