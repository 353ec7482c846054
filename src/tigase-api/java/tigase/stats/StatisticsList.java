package tigase.stats;

public class StatisticsList {}
