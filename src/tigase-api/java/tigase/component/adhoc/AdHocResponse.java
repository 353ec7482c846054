package tigase.component.adhoc;

public class AdHocResponse {

    private AdHocResponse() {}
}
