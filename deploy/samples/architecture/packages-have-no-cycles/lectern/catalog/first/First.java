package lectern.catalog.first;

public class First {

	Object other = lectern.catalog.second.Second.class;

}
