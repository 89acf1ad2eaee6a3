package lectern.progress.command;

public class CommandWithQuery {

	Object query = lectern.progress.query.Query.class;

}
