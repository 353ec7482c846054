// SPDX-License-Identifier: Apache-2.0
package tigase.cluster.api;

public class ClusterCommandException extends Exception {

    private static final long serialVersionUID = 1L;
}
