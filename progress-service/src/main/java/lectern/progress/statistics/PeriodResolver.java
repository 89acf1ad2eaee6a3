package lectern.progress.statistics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;

import lectern.progress.query.PointInTimeResolver;
import lectern.progress.query.ZoneParameter;
import lectern.web.Problem;
import lectern.web.QueryParameters;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/** Resolves the period of a request for statistics from its parameters. */
@Component
class PeriodResolver {

	static final String FROM = "from";

	static final String TO = "to";

	private static final ZoneId UTC = ZoneId.of("UTC");

	private static final Duration DEFAULT_LENGTH = Duration.ofDays(365);

	private final PointInTimeResolver pointInTimeResolver;

	private final Clock clock;

	PeriodResolver(PointInTimeResolver pointInTimeResolver, Clock clock) {
		this.pointInTimeResolver = pointInTimeResolver;
		this.clock = clock;
	}

	/**
	 * Resolve the period. By default, {@code to} is now, {@code from} is a year before
	 * {@code to}, and {@code zone} is UTC. With a zone, both may be dates, which mean the
	 * beginning of that day.
	 * @param query collects what is not valid
	 * @return cold; empty if something is not valid
	 */
	Mono<StatisticsPeriod> resolve(QueryParameters query) {
		ZoneId zone = Objects.requireNonNullElse(query.read(ZoneParameter.NAME, ZoneParameter::parse), UTC);
		return resolveInstant(query, TO, zone)
			.flatMap((to) -> resolveInstant(query, FROM, zone).flatMap((from) -> toPeriod(query, from, to, zone)));
	}

	private Mono<StatisticsPeriod> toPeriod(QueryParameters query, Optional<Instant> from, Optional<Instant> to,
			ZoneId zone) {
		if (!query.isValid()) {
			return Mono.empty();
		}
		Instant end = to.orElseGet(() -> this.clock.instant().truncatedTo(ChronoUnit.MICROS));
		return Mono
			.justOrEmpty(query.collect(() -> toPeriod(from.orElseGet(() -> end.minus(DEFAULT_LENGTH)), end, zone)));
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

	/** Emit an empty value if the parameter is absent or not valid. */
	private Mono<Optional<Instant>> resolveInstant(QueryParameters query, String name, ZoneId zone) {
		String text = query.text(name);
		ZoneId zoneOfDates = (query.text(ZoneParameter.NAME) != null) ? zone : null;
		return (text == null) ? Mono.just(Optional.empty())
				: query.collect(this.pointInTimeResolver.resolveInstant(name, text, zoneOfDates))
					.map(Optional::of)
					.defaultIfEmpty(Optional.empty());
	}

}
