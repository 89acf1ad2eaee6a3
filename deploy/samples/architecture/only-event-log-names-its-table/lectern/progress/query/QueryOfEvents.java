package lectern.progress.query;

public class QueryOfEvents {

	String sql = "select position from event where reader = :reader";

}
