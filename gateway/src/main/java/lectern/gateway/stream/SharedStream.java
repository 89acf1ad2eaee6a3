package lectern.gateway.stream;

import lectern.streaming.Hub;
import lectern.streaming.Streams;
import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;

/** A stream that everybody gets from the one that we hold to its service. */
final class SharedStream implements WebHandler {

	private final Filters filters;

	private final Upstream upstream;

	private final Hub<UpstreamEvent> hub;

	SharedStream(StreamRoutes.Shared route, Streams streams, UpstreamCount count) {
		this.filters = new Filters(route.filters());
		this.upstream = new Upstream(route.service(), route.path(), this.filters.members(), count);
		this.hub = new Hub<>(route.path(), route.present(), this.upstream, (_, entry) -> entry.event().json(),
				(_) -> null, streams);
	}

	Hub<UpstreamEvent> hub() {
		return this.hub;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		StreamRequests.check(exchange.getRequest());
		return this.hub.serve(exchange, null,
				this.filters.subscription(exchange.getRequest().getQueryParams(), this.upstream));
	}

}
