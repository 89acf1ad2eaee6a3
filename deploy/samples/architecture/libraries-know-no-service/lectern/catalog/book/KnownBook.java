package lectern.catalog.book;

public class KnownBook {

}
