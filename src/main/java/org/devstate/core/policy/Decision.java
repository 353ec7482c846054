// SPDX-License-Identifier: Apache-2.0
package org.devstate.core.policy;

/**
 * Whether an item may be published or received, and why.
 *
 * @param allowed whether it may
 * @param basis the kind of the fact that decides
 * @param site the site whose rules or suspension decide; empty if none does
 * @param because the reason, for a person: a rule and its place, or that none matches
 */
public record Decision(boolean allowed, Basis basis, String site, String because) {

    /** The kind of the fact that decides. */
    public enum Basis {
        /** The publish rules of the site that publishes, be it that none matches. */
        PUBLISH_RULES,
        /** The receive rules of the site that receives, be it that none matches. */
        RECEIVE_RULES,
        /** One of the two sites is suspended. */
        SUSPENSION,
        /** No policy decides, but the server or its session. */
        SERVER
    }

    /** A denial for a reason that is in no policy. */
    public static Decision denied(String because) {
        return new Decision(false, Basis.SERVER, "", because);
    }
}
