package tigase.db;

public interface DataSource extends Repository {

    String getResourceUri();
}
