package lectern.catalog.book;

public class CatalogOwn {

}
