package lectern.catalog.second;

public class Second {

	Object other = lectern.catalog.first.First.class;

}
