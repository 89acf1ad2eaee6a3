package lectern.web;

public class Subscribing {

	void start() {
		reactor.core.publisher.Mono.just("value").subscribe();
	}

}
