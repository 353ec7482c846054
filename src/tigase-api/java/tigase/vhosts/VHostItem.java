package tigase.vhosts;

public interface VHostItem {

    boolean isRegisterEnabled();
}
