package tigase.component.exceptions;

@SuppressWarnings("serial")
public class RepositoryException extends Exception {

    public RepositoryException(String message) {
        throw new UnsupportedOperationException();
    }
}
