package lectern.web;

public class CarelessSubscriber {

	void start() {
		reactor.core.publisher.Mono.just("value").subscribe((value) -> {
		});
	}

}
