package lectern.progress.account;

import java.util.List;
import java.util.stream.Collectors;

import lectern.web.Problem;
import lectern.web.ProblemType;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.endpoint.annotation.DeleteOperation;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.stereotype.Component;

/**
 * What an operator does on the machine of the service with the accounts of readers, at
 * the management port: {@code ./lectern admin} prints the text that these operations
 * return.
 */
@Component
@Endpoint(id = "accounts")
class AccountEndpoint {

	private static final String TEXT = "text/plain;charset=UTF-8";

	private final AccountAdministration administration;

	AccountEndpoint(AccountAdministration administration) {
		this.administration = administration;
	}

	/**
	 * Show something of an account.
	 * @param part {@code roles} or {@code sessions}
	 * @return cold; a line for each role or session
	 */
	@ReadOperation(produces = TEXT)
	Mono<WebEndpointResponse<String>> show(@Selector String handle, @Selector String part) {
		return respond(switch (part) {
			case "roles" -> this.administration.roles(handle).map(AccountEndpoint::lines);
			case "sessions" -> this.administration.sessions(handle).map(AccountEndpoint::lines);
			default -> Mono.error(unknownPart(part));
		});
	}

	/**
	 * Replace something of an account.
	 * @param part {@code roles} or {@code password}
	 * @param value roles separated by spaces, none if it is empty; a password, which is
	 * generated if it is empty
	 * @return cold; the roles, or the password
	 */
	@WriteOperation(produces = TEXT)
	Mono<WebEndpointResponse<String>> replace(@Selector String handle, @Selector String part, @Nullable String value) {
		if (value == null) {
			return respond(Mono.error(Problem.of(ProblemType.MALFORMED, "The member 'value' is missing.")));
		}
		return respond(switch (part) {
			case "roles" -> this.administration.replaceRoles(handle, words(value.strip())).map(AccountEndpoint::lines);
			case "password" -> this.administration.resetPassword(handle, value).map((password) -> password + "\n");
			default -> Mono.error(unknownPart(part));
		});
	}

	/**
	 * End all sessions of an account.
	 * @param part {@code sessions}
	 * @return cold; how many there were
	 */
	@DeleteOperation(produces = TEXT)
	Mono<WebEndpointResponse<String>> delete(@Selector String handle, @Selector String part) {
		return respond(part.equals("sessions")
				? this.administration.endSessions(handle).map((ended) -> "Sessions that were ended: " + ended + "\n")
				: Mono.error(unknownPart(part)));
	}

	private static Mono<WebEndpointResponse<String>> respond(Mono<String> text) {
		return text.map(WebEndpointResponse::new)
			.onErrorResume(Problem.class,
					(problem) -> Mono.just(new WebEndpointResponse<>(problem.detail() + violations(problem) + "\n",
							problem.type().status().value())));
	}

	private static String violations(Problem problem) {
		return problem.violations().stream().map((violation) -> " " + violation.detail()).collect(Collectors.joining());
	}

	private static Problem unknownPart(String part) {
		return Problem.of(ProblemType.NOT_FOUND, "An account has no part '" + part + "'.");
	}

	private static List<String> words(String text) {
		return text.isEmpty() ? List.of() : List.of(text.split("\\s+"));
	}

	private static String lines(List<String> lines) {
		return lines.stream().map((line) -> line + "\n").collect(Collectors.joining());
	}

}
