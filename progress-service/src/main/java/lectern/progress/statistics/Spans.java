package lectern.progress.statistics;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;

import lectern.progress.query.Moments;
import lectern.web.Problem;

/** Reads what statistics are asked for about. */
@Component
class Spans {

	static final String FROM = "from";

	static final String TO = "to";

	static final String ZONE = "zone";

	private static final Duration USUAL = Duration.ofDays(365);

	private final Moments moments;

	private final Clock clock;

	Spans(Moments moments, Clock clock) {
		this.moments = moments;
		this.clock = clock;
	}

	/**
	 * The span of some parameters: {@code from} a year before {@code to}, {@code to} now
	 * and {@code zone} UTC unless they say otherwise.
	 * @return cold; fails with a {@link Problem} that names the parameter which is wrong
	 */
	Mono<Span> of(MultiValueMap<String, String> parameters) {
		ZoneId zone = zone(parameters.getFirst(ZONE));
		return instant(TO, parameters.getFirst(TO)).defaultIfEmpty(this.clock.instant())
			.flatMap((to) -> instant(FROM, parameters.getFirst(FROM)).defaultIfEmpty(to.minus(USUAL))
				.map((from) -> span(from, to, zone)));
	}

	private static Span span(Instant from, Instant to, ZoneId zone) {
		if (from.isAfter(to)) {
			throw Problem.parameter(FROM, "must not be after to");
		}
		if (Duration.between(from, to).compareTo(Span.LONGEST) > 0) {
			throw Problem.parameter(FROM, "must be at most " + Span.LONGEST.toDays() + " days before to");
		}
		return new Span(from, to, zone);
	}

	/** Nothing if nothing was said. */
	private Mono<Instant> instant(String name, @Nullable String text) {
		return (text != null) ? this.moments.instant(name, text) : Mono.empty();
	}

	private static ZoneId zone(@Nullable String text) {
		try {
			return (text != null) ? ZoneId.of(text) : ZoneId.of("UTC");
		}
		catch (DateTimeException _) {
			throw Problem.parameter(ZONE, "must be the name of a time zone, such as Europe/Rome");
		}
	}

}
