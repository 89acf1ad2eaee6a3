package lectern.gateway.stream;

import lectern.streaming.live.Hub;
import lectern.streaming.server.SseServer;
import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;

/** A stream that everybody gets from the one that we hold to its service. */
final class FanOutStream implements WebHandler {

	private final StreamFilterParser filterParser;

	private final ServiceEventOrigin origin;

	private final Hub<UpstreamEvent> hub;

	FanOutStream(StreamRoutes.SharedRoute route, SseServer streams, UpstreamCount count) {
		this.filterParser = new StreamFilterParser(route.filters());
		this.origin = new ServiceEventOrigin(route.service(), route.path(), this.filterParser.members(), count);
		this.hub = new Hub<>(route.path(), route.statePath(), this.origin, (_, entry) -> entry.event().json(),
				(_) -> null, streams);
	}

	Hub<UpstreamEvent> hub() {
		return this.hub;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		StreamRequestValidator.validate(exchange.getRequest());
		return this.hub.serve(exchange, null,
				this.filterParser.parse(exchange.getRequest().getQueryParams(), this.origin));
	}

}
