// SPDX-License-Identifier: Apache-2.0
package org.devstate.sql;

import org.devstate.core.store.StoreException;

/** Another process serves this address with this database. */
public final class LeaseTakenException extends StoreException {
    private static final long serialVersionUID = 1;

    LeaseTakenException(String message) {
        super(message, null);
    }
}
