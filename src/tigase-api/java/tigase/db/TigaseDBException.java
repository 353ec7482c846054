// SPDX-License-Identifier: Apache-2.0
package tigase.db;

import tigase.component.exceptions.RepositoryException;

@SuppressWarnings("serial")
public class TigaseDBException extends RepositoryException {

    public TigaseDBException(String message) {
        super(message);
    }
}
