// SPDX-License-Identifier: Apache-2.0
package tigase.eventbus;

public interface EventBusEvent {}
