package lectern.web;

import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;

/**
 * Tells a database that is away or overloaded from a mistake of ours: the one passes and
 * is answered 503, the other stays an internal error. Stands before the handler that
 * writes problems, and passes on what is not its own.
 */
@Order(-3)
class DatabaseExceptionTranslator implements WebExceptionHandler {

	private static final Logger logger = LoggerFactory.getLogger(DatabaseExceptionTranslator.class);

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
		for (Throwable at = failure; at != null; at = at.getCause()) {
			if (isTransient(at)) {
				logger.warn("The database did not serve a request: {}", at.getMessage());
				return Mono.error(unavailable());
			}
		}
		return Mono.error(failure);
	}

	/** A connection lost during a commit leaves open whether it took place. */
	private static Problem unavailable() {
		return Problem
			.of(ProblemType.UNAVAILABLE,
					"The database is temporarily unavailable. Before you repeat a write, check whether it was stored.")
			.withHeader(HttpHeaders.RETRY_AFTER, "2");
	}

	private static boolean isTransient(Throwable failure) {
		return switch (failure) {
			case TransientDataAccessException _, DataAccessResourceFailureException _ -> true;
			case CannotCreateTransactionException _ -> true;
			case R2dbcTransientException _, R2dbcNonTransientResourceException _ -> true;
			case R2dbcException database -> database.getSqlState() != null && isTransient(database.getSqlState());
			default -> false;
		};
	}

	/**
	 * Connection lost, out of resources, a lock not given in time, stopped by an
	 * operator, or a transaction that took too long.
	 */
	private static boolean isTransient(String sqlState) {
		return switch (sqlState.substring(0, Math.min(2, sqlState.length()))) {
			case "08", "53", "55", "57" -> true;
			default -> sqlState.startsWith("25P0");
		};
	}

}
