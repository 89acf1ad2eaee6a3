package lectern.catalog.book;

public class BookServiceImpl {

}
