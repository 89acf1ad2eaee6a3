package lectern.progress.command;

import java.time.Duration;
import java.util.Set;

import lectern.web.LineContent;
import lectern.web.Problem;
import lectern.web.ProblemType;
import lectern.web.QueryParameters;
import lectern.web.RevokedSessions;
import lectern.web.TokenSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Executes lists of commands of any length, from devices that were offline. The answers
 * are sent while the list is received.
 */
@RestController
@RequestMapping(path = CommandListController.PATH, consumes = MediaType.APPLICATION_NDJSON_VALUE,
		produces = MediaType.APPLICATION_NDJSON_VALUE)
class CommandListController {

	static final String PATH = "/api/v1/readers/{reader}/commands";

	private static final Duration SESSION_CHECK_INTERVAL = Duration.ofSeconds(1);

	private final CommandLineParser parser;

	private final CommandList commands;

	private final RevokedSessions revokedSessions;

	private final CommandListPlaces places = new CommandListPlaces();

	private final Sinks.Empty<Void> stopping = Sinks.empty();

	CommandListController(CommandLineParser parser, CommandList commands, RevokedSessions revokedSessions) {
		this.parser = parser;
		this.commands = commands;
		this.revokedSessions = revokedSessions;
	}

	@PostMapping
	Flux<CommandListAnswer> execute(@PathVariable String reader, JwtAuthenticationToken signedIn,
			ServerHttpRequest request) {
		LineContent.requirePlainUtf8(request);
		QueryParameters.of(request.getQueryParams(), Set.of()).requireValid();
		return Flux.usingWhen(Mono.fromSupplier(() -> this.places.take(reader)),
				(place) -> new CommandListExecution(reader, this.parser, this.commands).run(request.getBody(),
						Mono.firstWithSignal(this.stopping.asMono(), place.displaced(), sessionEnd(signedIn))),
				(place) -> Mono.fromRunnable(place::release));
	}

	/** Fails when the session of a token has ended, or its reader is erased. */
	private Mono<Void> sessionEnd(JwtAuthenticationToken signedIn) {
		String session = TokenSession.of(signedIn.getToken()).id();
		return Flux.interval(SESSION_CHECK_INTERVAL)
			.filter((_) -> this.revokedSessions.contains(session))
			.next()
			.flatMap((_) -> Mono.error(Problem.of(ProblemType.UNAUTHENTICATED,
					"The session has ended. Sign in and send the lines that were not answered again.")));
	}

	/** Ends the lists, because the shutdown of the web server would wait for them. */
	@EventListener
	void onShutdown(ContextClosedEvent event) {
		this.stopping.tryEmitError(Problem.of(ProblemType.UNAVAILABLE,
				"The service is stopping. Send the lines that were not answered again in a moment."));
	}

}
