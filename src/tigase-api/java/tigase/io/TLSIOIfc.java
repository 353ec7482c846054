// SPDX-License-Identifier: Apache-2.0
package tigase.io;

public interface TLSIOIfc {}
