package lectern.progress.readerimport;

import java.util.Set;
import java.util.concurrent.Semaphore;

import lectern.progress.account.ProfileImport;
import lectern.progress.account.ProfileRepository;
import lectern.progress.eventlog.EventImporter;
import lectern.progress.eventlog.EventLog;
import lectern.progress.projection.ProjectionRunner;
import lectern.web.LineContent;
import lectern.web.Problem;
import lectern.web.ProblemType;
import lectern.web.QueryParameters;
import lectern.web.RevokedSessions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Imports an export of another Lectern into an account without events. Authorization has
 * limited this to operators.
 */
@RestController
class ReaderImportController {

	/** The path of imports, for the authorization rules. */
	static final String PATH = "/api/v1/readers/{reader}/import";

	private static final int MAX_CONCURRENT_IMPORTS = 2;

	private final ProfileRepository profiles;

	private final ProfileImport profileImport;

	private final ImportEntryParser parser;

	private final EventLog log;

	private final EventImporter importer;

	private final ReaderImportLocks locks;

	private final ProjectionRunner projectionRunner;

	private final RevokedSessions revokedSessions;

	private final Semaphore permits = new Semaphore(MAX_CONCURRENT_IMPORTS);

	ReaderImportController(ProfileRepository profiles, ProfileImport profileImport, ImportEntryParser parser,
			EventLog log, EventImporter importer, ReaderImportLocks locks, ProjectionRunner projectionRunner,
			RevokedSessions revokedSessions) {
		this.profiles = profiles;
		this.profileImport = profileImport;
		this.parser = parser;
		this.log = log;
		this.importer = importer;
		this.locks = locks;
		this.projectionRunner = projectionRunner;
		this.revokedSessions = revokedSessions;
	}

	@PostMapping(path = PATH, consumes = MediaType.APPLICATION_NDJSON_VALUE,
			produces = MediaType.APPLICATION_JSON_VALUE)
	Mono<ReaderImportResult> importExport(@PathVariable String reader, JwtAuthenticationToken signedIn,
			ServerHttpRequest request) {
		LineContent.requirePlainUtf8(request);
		QueryParameters.of(request.getQueryParams(), Set.of()).requireValid();
		return this.profiles.find(reader)
			.switchIfEmpty(Mono.error(() -> Problem.of(ProblemType.NOT_FOUND, "No reader has this handle.")))
			.then(Mono.usingWhen(Mono.fromSupplier(this::acquire),
					(_) -> importExclusively(reader,
							this.revokedSessions.untilEnd(request.getBody(), signedIn.getToken())),
					(permit) -> Mono.fromRunnable(permit::release)));
	}

	private Mono<ReaderImportResult> importExclusively(String reader, Flux<DataBuffer> body) {
		ReaderImport running = new ReaderImport(reader, this.parser, this.log, this.importer, this.profileImport,
				this.locks);
		return Mono.usingWhen(
				this.locks.acquire(reader).filter((acquired) -> acquired).switchIfEmpty(Mono.error(this::unavailable)),
				(_) -> running.run(body), (_) -> release(reader, running));
	}

	/** The gates of a path are evaluated for the members who are known as such. */
	private Mono<Void> release(String reader, ReaderImport running) {
		return this.log.cursor()
			.flatMap((cursor) -> this.projectionRunner.allReached(cursor.position()))
			.then(this.locks.release(reader, running.streams().paths()));
	}

	private Semaphore acquire() {
		if (!this.permits.tryAcquire()) {
			throw unavailable();
		}
		return this.permits;
	}

	private Problem unavailable() {
		return Problem.of(ProblemType.UNAVAILABLE, "Too many imports are running, or another one of this reader.")
			.withHeader(HttpHeaders.RETRY_AFTER, "10");
	}

}
