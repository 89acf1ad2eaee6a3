package lectern.progress.account;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import lectern.streaming.log.BackgroundLoop;
import lectern.web.TokenKeys;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** Learns of rotations that another instance has made, within a minute. */
@Component
class SigningKeyRefresher extends BackgroundLoop {

	private static final int INTERVAL_SECONDS = 40;

	private final TokenKeys keys;

	SigningKeyRefresher(TokenKeys keys) {
		super("Rotated signing keys are not learned of");
		this.keys = keys;
	}

	@Override
	protected Publisher<?> step() {
		return Flux.concat(Mono.delay(randomInterval()), Mono.defer(this.keys::load));
	}

	private static Duration randomInterval() {
		return Duration.ofSeconds(INTERVAL_SECONDS / 2 + ThreadLocalRandom.current().nextInt(INTERVAL_SECONDS));
	}

}
