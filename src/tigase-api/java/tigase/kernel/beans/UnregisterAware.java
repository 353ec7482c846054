// SPDX-License-Identifier: Apache-2.0
package tigase.kernel.beans;

public interface UnregisterAware {

    void beforeUnregister();
}
