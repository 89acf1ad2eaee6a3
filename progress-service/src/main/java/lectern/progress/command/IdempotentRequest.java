package lectern.progress.command;

import java.time.Duration;

import lectern.progress.eventlog.IdempotencyRecord;
import lectern.web.IdempotencyKey;
import org.jspecify.annotations.Nullable;

import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * A request with a command that may come with an idempotency key.
 *
 * @param reader the reader to whom the key belongs
 * @param body the parsed and valid body
 * @param retention the minimum time for which the command is remembered; null for as long
 * as the log
 */
record IdempotentRequest(ServerHttpRequest request, String reader, Object body, @Nullable Duration retention) {

	static final Duration DEFAULT_RETENTION = Duration.ofDays(7);

	/** A request whose command is remembered for a week. */
	static IdempotentRequest of(ServerHttpRequest request, String reader, Object body) {
		return new IdempotentRequest(request, reader, body, DEFAULT_RETENTION);
	}

	/** A report can be repeated at any time: a device may be offline for months. */
	static IdempotentRequest ofReport(ServerHttpRequest request, String reader, PositionRequest report) {
		return new IdempotentRequest(request, reader, report, null);
	}

	/** The key for {@link KeyedSerialExecutor}. */
	String exclusiveKey(IdempotencyKey key) {
		return this.reader + " " + key.value();
	}

	IdempotencyRecord toRecord(IdempotencyKey key) {
		return new IdempotencyRecord(this.reader, key.value(), key.commandHash(), this.retention);
	}

}
