package lectern.catalog.search;

public class Search {

}
