package lectern.progress.account;

import java.util.List;

import lectern.web.Problem;
import lectern.web.ProblemType;
import lectern.web.TokenSession;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.web.server.authorization.AuthorizationContext;

/**
 * Allows the paths under a reader only to that reader, whatever their roles are.
 * Operators alone see and change the roles of others and erase them. A reader who uses a
 * key may do less.
 */
final class ReaderAuthorization implements ReactiveAuthorizationManager<AuthorizationContext> {

	private static final String OPERATOR = "ROLE_" + Role.OPERATOR;

	private static final List<String> ROLES = List.of("roles");

	/** The segments of {@code /api/v1/readers/{reader}}. */
	private static final int READER_SEGMENTS = 4;

	private final SecurityEventLog events;

	ReaderAuthorization(SecurityEventLog events) {
		this.events = events;
	}

	@Override
	public Mono<AuthorizationResult> authorize(Mono<Authentication> authentication, AuthorizationContext context) {
		return authentication.filter(Authentication::isAuthenticated).<AuthorizationResult>map((signedIn) -> {
			try {
				check(signedIn, context);
			}
			catch (Problem refusal) {
				this.events.write(SecurityEvent.ACCESS_REFUSED, signedIn.getName(), context.getExchange().getRequest());
				throw refusal;
			}
			return new AuthorizationDecision(true);
		}).defaultIfEmpty(new AuthorizationDecision(false));
	}

	/** Nearly all requests are those of readers with a token for their own path. */
	private static void check(Authentication signedIn, AuthorizationContext context) {
		boolean own = signedIn.getName().equals(context.getVariables().get("reader"));
		@Nullable Jwt key = (signedIn instanceof JwtAuthenticationToken token && TokenSession.isOfKey(token.getToken()))
				? token.getToken() : null;
		if (own && key == null) {
			return;
		}
		ServerHttpRequest request = context.getExchange().getRequest();
		List<String> path = belowReader(request);
		if (!own && !(isForOperators(request.getMethod(), path) && isOperator(signedIn))) {
			throw Problem.of(ProblemType.FORBIDDEN, "This resource belongs to another reader.");
		}
		if (key != null) {
			KeyRestriction.check(key, request.getMethod(), path);
		}
	}

	private static boolean isForOperators(HttpMethod method, List<String> path) {
		boolean erasure = path.isEmpty() && method == HttpMethod.DELETE;
		return erasure || path.equals(ROLES);
	}

	/**
	 * Return the segments of a path below the reader, decoded as for the match of
	 * controllers.
	 */
	private static List<String> belowReader(ServerHttpRequest request) {
		return request.getPath()
			.pathWithinApplication()
			.elements()
			.stream()
			.filter(PathContainer.PathSegment.class::isInstance)
			.map((segment) -> ((PathContainer.PathSegment) segment).valueToMatch())
			.skip(READER_SEGMENTS)
			.toList();
	}

	/** Tell whether somebody has the role {@code operator}. */
	static boolean isOperator(Authentication signedIn) {
		return signedIn.getAuthorities().stream().anyMatch((authority) -> OPERATOR.equals(authority.getAuthority()));
	}

}
