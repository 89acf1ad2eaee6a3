package lectern.progress.account;

import lectern.web.Problem;
import lectern.web.ProblemType;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.web.server.util.matcher.AndServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.NegatedServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher.MatchResult;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Tells those who want to sign in, or to change something about it, that the outside
 * issuer is responsible for it. What our own operations did would have no effect.
 */
@Component
@ConditionalOnProperty(OutsideIssuerFilter.ISSUER)
@Order(Ordered.HIGHEST_PRECEDENCE + 3)
class OutsideIssuerFilter implements WebFilter {

	static final String ISSUER = "lectern.tokens.oidc.issuer";

	private static final ProblemType SIGN_IN_ELSEWHERE = new ProblemType("sign-in-elsewhere", HttpStatus.NOT_FOUND,
			"Readers sign in at another server");

	private static final String READER = AccountController.PATH + "/{reader}";

	private static final ServerWebExchangeMatcher REPLACED = new AndServerWebExchangeMatcher(
			new NegatedServerWebExchangeMatcher(ServerWebExchangeMatchers.pathMatchers(HttpMethod.OPTIONS, "/**")),
			ServerWebExchangeMatchers.pathMatchers(AccountController.PATH, TokenController.PATH + "/**",
					READER + "/sessions/**", READER + "/tokens", READER + "/keys/**", READER + "/roles"));

	private final String issuer;

	OutsideIssuerFilter(@Value("${" + ISSUER + "}") String issuer) {
		this.issuer = issuer;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		return REPLACED.matches(exchange)
			.map(MatchResult::isMatch)
			.flatMap((replaced) -> replaced ? Mono.error(this::signInElsewhere) : chain.filter(exchange));
	}

	private Problem signInElsewhere() {
		return Problem.of(SIGN_IN_ELSEWHERE, "Accounts, sessions, keys and roles are managed by " + this.issuer
				+ ". Get a token there, and send it as a Bearer token.");
	}

}
