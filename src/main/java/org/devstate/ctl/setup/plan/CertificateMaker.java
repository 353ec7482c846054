// SPDX-License-Identifier: Apache-2.0
package org.devstate.ctl.setup.plan;

import org.devstate.ctl.xmpp.Failure;

/** Makes certificates. */
public interface CertificateMaker {

    /** Makes one for a domain, which signs itself. */
    NewCertificate selfSigned(String domain) throws Failure;
}
