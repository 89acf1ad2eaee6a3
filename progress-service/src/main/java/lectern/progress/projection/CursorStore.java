package lectern.progress.projection;

import java.util.Collection;
import java.util.Map;

import reactor.core.publisher.Mono;

/** Stores the positions of projections. Every publisher is cold. */
interface CursorStore {

	/**
	 * The position of the last event that each of these projections has applied, by name.
	 * One may be missing for a moment.
	 */
	Mono<Map<String, Long>> positions(Collection<String> projections);

	/**
	 * Run an update and store the position that was reached with it.
	 * @param projections all at the same position
	 * @param from the position that is expected to be stored
	 * @param to the position after the update
	 * @return true; or false if another position than the expected one is stored for one
	 * of them, because another node moved it, or none, because it is rebuilt. Then
	 * nothing was changed
	 */
	Mono<Boolean> advance(Collection<String> projections, long from, long to, Mono<Void> update);

}
