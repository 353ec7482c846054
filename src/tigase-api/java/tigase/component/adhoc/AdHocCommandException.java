// SPDX-License-Identifier: Apache-2.0
package tigase.component.adhoc;

public class AdHocCommandException extends Exception {

    private static final long serialVersionUID = 1L;

    private AdHocCommandException() {}
}
