package tigase.auth;

public class CredentialsDecoderBean {}
