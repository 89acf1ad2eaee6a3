package lectern.web;

public class Sleeping {

	void sleeps() throws Exception {
		Thread.sleep(1_000);
	}

}
