package tigase.eventbus;

public interface EventBusEvent {}
