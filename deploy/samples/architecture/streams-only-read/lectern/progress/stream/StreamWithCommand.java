package lectern.progress.stream;

public class StreamWithCommand {

	Object command = lectern.progress.command.Command.class;

}
