package org.devstate.ctl.setup.prosody;

/** A certificate and its private key, both PEM. */
record NewCertificate(String certificate, String key) {

    /** Without the key. */
    @Override
    public String toString() {
        return certificate;
    }
}
