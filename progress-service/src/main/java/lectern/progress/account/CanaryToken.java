package lectern.progress.account;

import java.time.Clock;
import java.util.List;
import java.util.UUID;

import lectern.progress.eventlog.CanaryEvent;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Signs the tokens with which this service receives its own canaries like any client.
 * Their reader has no account, no password and no role.
 */
@Component
public class CanaryToken {

	private final TokenEncoder encoder;

	private final Clock clock;

	CanaryToken(TokenEncoder encoder, Clock clock) {
		this.encoder = encoder;
		this.clock = clock;
	}

	/**
	 * Sign a token of half an hour.
	 * @return cold
	 */
	public Mono<String> issue() {
		return Mono
			.defer(() -> this.encoder
				.encode(new TokenGrant(new Account(CanaryEvent.READER, CanaryEvent.READER, List.of()),
						UUID.randomUUID(), UUID.randomUUID(), this.clock.instant().plus(TokenEncoder.LIFETIME))))
			.map(TokenResponse::accessToken);
	}

	/** Tell whether a token can be one of these: nobody else can have the handle. */
	static boolean isReader(String handle) {
		return handle.equals(CanaryEvent.READER);
	}

}
