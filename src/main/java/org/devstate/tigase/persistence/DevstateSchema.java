// SPDX-License-Identifier: Apache-2.0
package org.devstate.tigase.persistence;

import tigase.db.Repository;
import tigase.db.util.RepositoryVersionAware;

/**
 * Names the files of our tables for Tigase's schema tool: {@code database/<kind of database>-devstate-<version>.sql}. The version is
 * that of the tables. The plugin's version is another one, because Tigase wants a file for each.
 */
@Repository.SchemaId(id = "devstate", name = "Device states of Asterisk")
@RepositoryVersionAware.SchemaVersion(version = "0.1.0")
public final class DevstateSchema extends DevstateTables implements RepositoryVersionAware {}
