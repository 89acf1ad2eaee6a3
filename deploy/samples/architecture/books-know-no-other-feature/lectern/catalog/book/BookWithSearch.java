package lectern.catalog.book;

public class BookWithSearch {

	Object search = lectern.catalog.search.Search.class;

}
