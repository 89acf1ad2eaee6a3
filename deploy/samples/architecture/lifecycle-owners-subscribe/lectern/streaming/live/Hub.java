package lectern.streaming.live;

public class Hub {

	void start() {
		// Subscribes to nothing.
	}

}
