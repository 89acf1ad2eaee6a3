package lectern.progress.query;

public class Query {

}
