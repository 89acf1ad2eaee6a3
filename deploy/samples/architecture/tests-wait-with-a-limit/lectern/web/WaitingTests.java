package lectern.web;

public class WaitingTests {

	void waits() throws Exception {
		new java.util.concurrent.CountDownLatch(1).await();
	}

}
