package lectern.progress.eventlog;

public class LogWithModel {

	Object model = lectern.progress.model.ModelPart.class;

}
