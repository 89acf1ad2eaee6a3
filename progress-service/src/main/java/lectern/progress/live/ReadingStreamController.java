package lectern.progress.live;

import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

import lectern.progress.log.EventLog;
import lectern.progress.log.StoredEvent;
import lectern.streaming.Hub;
import lectern.streaming.Subscription;
import lectern.web.Problem;

/** What happens to a reader's readings, the moment it is committed. */
@RestController
class ReadingStreamController {

	static final String PATH = "/api/v1/readers/{reader}/events";

	private final Hub<StoredEvent> hub;

	private final EventLog log;

	ReadingStreamController(Hub<StoredEvent> hub, EventLog log) {
		this.hub = hub;
		this.log = log;
	}

	@GetMapping(path = PATH, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	Mono<Void> events(@PathVariable String reader, @RequestParam MultiValueMap<String, String> parameters,
			ServerWebExchange exchange) {
		parameters.forEach((name, values) -> {
			if (!name.equals("after")) {
				throw Problem.parameter(name, "is not known here");
			}
			if (values.size() > 1) {
				throw Problem.parameter(name, "is given more than once");
			}
		});
		return this.hub.serve(exchange,
				new Subscription<>((event) -> event.reader().equals(reader), this.log.of(reader)));
	}

}
