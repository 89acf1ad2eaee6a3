package lectern.progress.query;

public class QueryWithCommand {

	Object command = lectern.progress.command.Command.class;

}
