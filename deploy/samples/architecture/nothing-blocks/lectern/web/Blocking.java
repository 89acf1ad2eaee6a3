package lectern.web;

public class Blocking {

	Object value() {
		return reactor.core.publisher.Mono.just("value").block(java.time.Duration.ofSeconds(1));
	}

}
