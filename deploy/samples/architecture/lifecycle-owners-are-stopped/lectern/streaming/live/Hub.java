package lectern.streaming.live;

public class Hub {

	void start() {
		reactor.core.publisher.Mono.just("value").subscribe();
	}

}
