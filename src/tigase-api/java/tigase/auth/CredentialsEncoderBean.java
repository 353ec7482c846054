package tigase.auth;

public class CredentialsEncoderBean {}
