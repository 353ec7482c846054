// SPDX-License-Identifier: Apache-2.0
package tigase.component.adhoc;

public class AdHocResponse {

    private AdHocResponse() {}
}
