// SPDX-License-Identifier: Apache-2.0
package tigase.component.exceptions;

@SuppressWarnings("serial")
public class RepositoryException extends Exception {

    public RepositoryException(String message) {
        throw new UnsupportedOperationException();
    }
}
