package lectern.catalog.book;

public class Shelf {

}
