// SPDX-License-Identifier: Apache-2.0
package tigase.kernel;

@SuppressWarnings("serial")
public class KernelException extends RuntimeException {

    public KernelException(String message) {
        super(message);
    }
}
