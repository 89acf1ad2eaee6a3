package lectern.web;

import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientException;
import reactor.core.publisher.Mono;

import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;

/**
 * Translates a failure of an unavailable or overloaded database to a problem with status
 * 503. Any other failure of the database is a fault of the service and stays an internal
 * error. It runs before {@link ProblemHandler} and passes on all other failures.
 */
@Order(-3)
class DatabaseExceptionTranslator implements WebExceptionHandler {

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (isTransient(cause)) {
				return Mono.error(unavailable().causedBy(cause));
			}
		}
		return Mono.error(failure);
	}

	/** If the connection is lost during a commit, the outcome of the write is unknown. */
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
			case R2dbcException other -> other.getSqlState() != null && isTransient(other.getSqlState());
			default -> false;
		};
	}

	/**
	 * The classes of SQLSTATE: 08 connection lost, 53 out of resources, 55 lock not
	 * available, 57 operator intervention; and 25P0x, timeouts of transactions.
	 * @see <a href="https://www.postgresql.org/docs/current/errcodes-appendix.html">the
	 * error codes of PostgreSQL</a>
	 */
	private static boolean isTransient(String sqlState) {
		return switch (sqlState.substring(0, Math.min(2, sqlState.length()))) {
			case "08", "53", "55", "57" -> true;
			default -> sqlState.startsWith("25P0");
		};
	}

}
