package lectern.progress.projection;

public class RunnerWithReadModel {

	Object readModel = lectern.progress.query.ReadModel.class;

}
