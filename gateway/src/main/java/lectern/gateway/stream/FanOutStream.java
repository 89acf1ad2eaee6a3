package lectern.gateway.stream;

import lectern.gateway.upstream.UpstreamService;
import lectern.streaming.live.Hub;
import lectern.streaming.server.SseServer;
import reactor.core.publisher.Mono;

import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;

/** A shared stream: all clients are served from one subscription to its service. */
final class FanOutStream implements WebHandler {

	private final StreamFilterParser filterParser;

	private final ServiceEventOrigin origin;

	private final Hub<UpstreamEvent> hub;

	FanOutStream(StreamRoutes.SharedRoute route, UpstreamService service, SseServer server,
			UpstreamCount upstreamCount) {
		this.filterParser = new StreamFilterParser(route.filters());
		this.origin = new ServiceEventOrigin(service, route.path(), this.filterParser.members(), upstreamCount);
		this.hub = new Hub<>(route.path(), route.statePath(), this.origin, (_, envelope) -> envelope.event().json(),
				(_) -> null, server);
	}

	Hub<UpstreamEvent> hub() {
		return this.hub;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		return StreamRequestValidator.handle(exchange, this::serve);
	}

	private Mono<Void> serve(ServerWebExchange exchange) {
		return this.hub.serve(exchange, null,
				this.filterParser.parse(exchange.getRequest().getQueryParams(), this.origin));
	}

}
