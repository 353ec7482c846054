package org.devstate.ctl.setup.prosody;

import org.devstate.ctl.xmpp.Failure;

/** Makes certificates. */
interface CertificateMaker {

    /** Makes one for a domain, which signs itself. */
    NewCertificate selfSigned(String domain) throws Failure;
}
