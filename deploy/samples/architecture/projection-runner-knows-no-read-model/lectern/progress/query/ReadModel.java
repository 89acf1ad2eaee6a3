package lectern.progress.query;

public class ReadModel {

}
