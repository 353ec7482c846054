// SPDX-License-Identifier: Apache-2.0
package tigase.server.script;

public interface CommandIfc {}
