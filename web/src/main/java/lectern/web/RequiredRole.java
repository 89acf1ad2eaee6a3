package lectern.web;

import reactor.core.publisher.Mono;

import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;

/** Admits accounts that have a role, and tells others which one they lack. */
public final class RequiredRole implements ReactiveAuthorizationManager<AuthorizationContext> {

	private final String role;

	/**
	 * @param role as in the claim of the token
	 */
	public RequiredRole(String role) {
		this.role = role;
	}

	@Override
	public Mono<AuthorizationResult> authorize(Mono<Authentication> authentication, AuthorizationContext context) {
		return authentication.filter(Authentication::isAuthenticated).<AuthorizationResult>map((signedIn) -> {
			if (signedIn.getAuthorities()
				.stream()
				.noneMatch((authority) -> ("ROLE_" + this.role).equals(authority.getAuthority()))) {
				throw new MissingRoleException(this.role);
			}
			return new AuthorizationDecision(true);
		}).defaultIfEmpty(new AuthorizationDecision(false));
	}

	/** The account of a valid token lacks a role. */
	static final class MissingRoleException extends AccessDeniedException {

		private static final long serialVersionUID = 1L;

		private final String role;

		MissingRoleException(String role) {
			super("The role is missing");
			this.role = role;
		}

		String role() {
			return this.role;
		}

	}

}
