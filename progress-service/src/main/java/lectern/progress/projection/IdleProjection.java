package lectern.progress.projection;

import reactor.core.publisher.Mono;

/** A projection that has something to do when there is no event. */
public interface IdleProjection extends Projection {

	/**
	 * Called after no event has been received for some seconds.
	 * @return cold; for a read model run in a transaction in which the position is locked
	 */
	Mono<Void> onIdle();

}
