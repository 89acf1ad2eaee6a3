package lectern.catalog.search;

public class Shelf {

}
