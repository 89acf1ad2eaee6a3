package lectern.progress.account;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

import lectern.streaming.log.BackgroundLoop;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** Deletes expired sessions, and revocations that no longer matter. */
@Component
class SessionCleaner extends BackgroundLoop {

	private static final int INTERVAL_SECONDS = 600;

	private final SessionRepository sessions;

	private final RevocationLog revocations;

	private final Clock clock;

	SessionCleaner(SessionRepository sessions, RevocationLog revocations, Clock clock) {
		super("Expired sessions are not deleted");
		this.sessions = sessions;
		this.revocations = revocations;
		this.clock = clock;
	}

	/** At random times, so that the nodes do not delete at the same time. */
	@Override
	protected Publisher<?> step() {
		return Flux.concat(Mono.delay(randomInterval()), deleteExpired());
	}

	/** Delete once; cold. */
	Flux<Long> deleteExpired() {
		return Flux.concat(this.sessions.deleteExpired(this.clock.instant()), this.revocations.deleteExpired());
	}

	private static Duration randomInterval() {
		return Duration.ofSeconds(INTERVAL_SECONDS / 2 + ThreadLocalRandom.current().nextInt(INTERVAL_SECONDS));
	}

}
