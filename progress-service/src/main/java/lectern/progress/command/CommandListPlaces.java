package lectern.progress.command;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

import lectern.web.Problem;
import lectern.web.ProblemType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.http.HttpHeaders;

/**
 * The places of the lists of commands that are executed at the same time. A reader has a
 * few of them, so that nobody can take all. A further list of that reader takes the place
 * of the oldest: a device whose connection is cut leaves lists behind that seem to go on
 * for a while.
 */
final class CommandListPlaces {

	/** Each list holds a few hundred commands in memory. */
	static final int MAX_LISTS = 64;

	static final int MAX_LISTS_PER_READER = 8;

	private final Map<String, Deque<Place>> places = new HashMap<>();

	private int taken;

	/**
	 * Take a place.
	 * @throws Problem 503 if there is none
	 */
	Place take(String reader) {
		Place place = new Place(reader);
		Place displaced = add(place);
		if (displaced != null) {
			displaced.displace();
		}
		return place;
	}

	/** Return the place that is taken from its list; null if there was a free one. */
	private synchronized @Nullable Place add(Place place) {
		Deque<Place> ofReader = this.places.computeIfAbsent(place.reader, (_) -> new ArrayDeque<>());
		Place oldest = (ofReader.size() >= MAX_LISTS_PER_READER) ? ofReader.removeFirst() : null;
		if (oldest == null && this.taken >= MAX_LISTS) {
			forgetIfEmpty(place.reader, ofReader);
			throw Problem.of(ProblemType.UNAVAILABLE, "Too many lists of commands are being executed. Try again later.")
				.withHeader(HttpHeaders.RETRY_AFTER, "5");
		}
		ofReader.addLast(place);
		if (oldest == null) {
			this.taken++;
		}
		return oldest;
	}

	private synchronized void remove(Place place) {
		Deque<Place> ofReader = this.places.get(place.reader);
		if (ofReader != null && ofReader.remove(place)) {
			this.taken--;
			forgetIfEmpty(place.reader, ofReader);
		}
	}

	private void forgetIfEmpty(String reader, Deque<Place> ofReader) {
		if (ofReader.isEmpty()) {
			this.places.remove(reader);
		}
	}

	/** The place of one list. */
	final class Place {

		private final String reader;

		private final Sinks.Empty<Void> displaced = Sinks.empty();

		private Place(String reader) {
			this.reader = reader;
		}

		/** Fail when a newer list of the reader takes the place; cold. */
		Mono<Void> displaced() {
			return this.displaced.asMono();
		}

		private void displace() {
			this.displaced.tryEmitError(
					Problem.of(ProblemType.UNAVAILABLE, "A newer list of this reader has taken the place of this one. "
							+ "Send the lines that were not answered again."));
		}

		/** Give the place back, once or several times. */
		void release() {
			remove(this);
		}

	}

}
