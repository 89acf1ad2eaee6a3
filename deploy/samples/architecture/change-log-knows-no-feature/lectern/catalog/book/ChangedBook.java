package lectern.catalog.book;

public class ChangedBook {

}
