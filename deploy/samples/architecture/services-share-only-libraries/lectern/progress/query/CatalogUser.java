package lectern.progress.query;

public class CatalogUser {

	Object shared = lectern.catalog.book.CatalogOwn.class;

}
