// SPDX-License-Identifier: Apache-2.0
package tigase.auth;

public class CredentialsDecoderBean {}
