// SPDX-License-Identifier: Apache-2.0
package org.devstate.sql;

import org.devstate.core.store.StoreException;

/** The database is there, but not our tables. */
public final class TablesMissingException extends StoreException {
    private static final long serialVersionUID = 1;

    TablesMissingException(String message, Throwable cause) {
        super(message, cause);
    }
}
