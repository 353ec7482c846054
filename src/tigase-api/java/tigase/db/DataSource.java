// SPDX-License-Identifier: Apache-2.0
package tigase.db;

import tigase.component.exceptions.RepositoryException;

public interface DataSource extends Repository {

    String getResourceUri();

    void initialize(String connStr) throws RepositoryException;
}
