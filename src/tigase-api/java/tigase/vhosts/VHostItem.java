// SPDX-License-Identifier: Apache-2.0
package tigase.vhosts;

public interface VHostItem {

    boolean isRegisterEnabled();
}
