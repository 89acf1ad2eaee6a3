package lectern.catalog.change;

public class ChangeLogWithBook {

	Object book = lectern.catalog.book.ChangedBook.class;

}
