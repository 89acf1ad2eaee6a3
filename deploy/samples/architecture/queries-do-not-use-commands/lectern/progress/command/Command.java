package lectern.progress.command;

public class Command {

}
