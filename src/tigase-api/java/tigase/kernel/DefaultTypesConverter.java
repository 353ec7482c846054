// SPDX-License-Identifier: Apache-2.0
package tigase.kernel;

public class DefaultTypesConverter {}
