package tigase.cluster.api;

public class ClusterCommandException extends Exception {

    private static final long serialVersionUID = 1L;
}
