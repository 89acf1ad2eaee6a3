package lectern.progress.account;

import java.util.UUID;

import lectern.progress.account.TokenIssuer.IssuedToken;
import lectern.web.TokenSecurity;
import lectern.web.TokenSession;
import reactor.core.publisher.Mono;

import org.springframework.security.authentication.AuthenticationCredentialsNotFoundException;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.web.server.ServerWebExchange;

/**
 * Renews the token of a request. It may have expired, which does not matter as long as
 * its session lasts; expired tokens are good for nothing else.
 */
class TokenRenewal {

	private final ReactiveJwtDecoder decoder;

	private final TokenIssuer tokenIssuer;

	/**
	 * @param decoder verifies everything but the expiry
	 */
	TokenRenewal(ReactiveJwtDecoder decoder, TokenIssuer tokenIssuer) {
		this.decoder = decoder;
		this.tokenIssuer = tokenIssuer;
	}

	/**
	 * Issue the next token of the session of a request's token.
	 * @return cold; fails with what leads to a 401 if there is no token, it is not one of
	 * ours, or its session has ended
	 */
	Mono<IssuedToken> renew(ServerWebExchange exchange) {
		return TokenSecurity.token(exchange)
			.switchIfEmpty(Mono.error(() -> new AuthenticationCredentialsNotFoundException("There is no token")))
			.flatMap(this.decoder::decode)
			.onErrorMap(BadJwtException.class,
					(failure) -> new InvalidBearerTokenException("The token is not valid", failure))
			.flatMap((token) -> {
				UUID session = TokenController.sessionId(TokenSession.of(token).id());
				return (session != null) ? this.tokenIssuer.renew(session)
						: Mono.error(new InvalidBearerTokenException("The token belongs to no session"));
			});
	}

}
