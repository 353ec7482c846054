/**
 * Persists state in an SQL database, in both hosts, with nothing but JDBC. A host names its {@link org.devstate.sql.Database} and
 * brings the driver; {@link org.devstate.sql.SqlStore} reads and writes the tables, {@link org.devstate.sql.WriterThread} runs the
 * writing tasks, and {@link org.devstate.sql.ServiceLease} ensures that only one process serves an address:
 *
 * <pre>{@code
 * Contents open(LeaseHolder self, String service) throws StoreException {
 *     Database database = new JdbcDatabase("jdbc:postgresql://db/devstate", "Run the schema tool");
 *     SqlSession session = new SqlSession(database);
 *     ServiceLease lease = new ServiceLease(session, service, self);
 *     lease.take();
 *     return new SqlStore(session, service, lease).load();
 * }
 *
 * WriteBehind persister(Store store) {
 *     return new WriteBehind(store, new WriterThread(), 1_000);
 * }
 * }</pre>
 */
@NullMarked
package org.devstate.sql;

import org.jspecify.annotations.NullMarked;
