// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.plan;

/** A certificate and its private key, both PEM. */
public record NewCertificate(String certificate, String key) {

    /** Without the key. */
    @Override
    public String toString() {
        return certificate;
    }
}
