// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.settings;

/** Where users write settings. */
public enum SettingPlace {
    /** {@code component.conf}. */
    COMPONENT,
    /** The bean {@code pubsub} in Tigase's {@code config.tdsl}. */
    PLUGIN,
    /** A site of a policy. */
    SITE
}
