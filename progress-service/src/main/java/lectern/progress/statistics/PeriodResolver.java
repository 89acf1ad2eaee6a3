package lectern.progress.statistics;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

import lectern.progress.query.PointInTimeResolver;
import lectern.web.Problem;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;
import org.springframework.util.MultiValueMap;

/** Resolves the period of a request for statistics from its parameters. */
@Component
class PeriodResolver {

	static final String FROM = "from";

	static final String TO = "to";

	static final String ZONE = "zone";

	private static final Duration DEFAULT_LENGTH = Duration.ofDays(365);

	private final PointInTimeResolver pointInTimeResolver;

	private final Clock clock;

	PeriodResolver(PointInTimeResolver pointInTimeResolver, Clock clock) {
		this.pointInTimeResolver = pointInTimeResolver;
		this.clock = clock;
	}

	/**
	 * Resolve the period. By default, {@code to} is now, {@code from} is a year before
	 * {@code to}, and {@code zone} is UTC.
	 * @return cold; fails with a {@link Problem} that names the invalid parameter
	 */
	Mono<StatisticsPeriod> resolve(MultiValueMap<String, String> parameters) {
		ZoneId zone = parseZone(parameters.getFirst(ZONE));
		return resolveInstant(TO, parameters.getFirst(TO)).defaultIfEmpty(this.clock.instant())
			.flatMap((to) -> resolveInstant(FROM, parameters.getFirst(FROM)).defaultIfEmpty(to.minus(DEFAULT_LENGTH))
				.map((from) -> toPeriod(from, to, zone)));
	}

	private static StatisticsPeriod toPeriod(Instant from, Instant to, ZoneId zone) {
		if (from.isAfter(to)) {
			throw Problem.invalidParameter(FROM, "must not be after to");
		}
		if (Duration.between(from, to).compareTo(StatisticsPeriod.MAX_LENGTH) > 0) {
			throw Problem.invalidParameter(FROM,
					"must be at most " + StatisticsPeriod.MAX_LENGTH.toDays() + " days before to");
		}
		return new StatisticsPeriod(from, to, zone);
	}

	/** Return empty if the parameter is absent. */
	private Mono<Instant> resolveInstant(String name, @Nullable String text) {
		return (text != null) ? this.pointInTimeResolver.resolveInstant(name, text) : Mono.empty();
	}

	private static ZoneId parseZone(@Nullable String text) {
		try {
			return (text != null) ? ZoneId.of(text) : ZoneId.of("UTC");
		}
		catch (DateTimeException _) {
			throw Problem.invalidParameter(ZONE, "must be the name of a time zone, such as Europe/Rome");
		}
	}

}
