package lectern.web;

public class LibraryWithBooks {

	Object book = lectern.catalog.book.KnownBook.class;

}
