package lectern.progress.account;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.server.authorization.AuthorizationContext;

/**
 * Allows health and metrics to everybody who reaches the management port. Everything else
 * is allowed to this machine only, also if the port is open to others for the metrics,
 * and there only to who knows the secret, if there is one: other users and browsers of
 * this machine reach the port as well.
 */
final class ManagementAuthorization implements ReactiveAuthorizationManager<AuthorizationContext> {

	/** The header with the secret. */
	static final String HEADER = "Lectern-Administration-Secret";

	private static final Set<String> FOR_EVERYBODY = Set.of("health", "prometheus");

	private final byte[] secret;

	/**
	 * @param secret empty if none is needed
	 */
	ManagementAuthorization(String secret) {
		this.secret = secret.getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public Mono<AuthorizationResult> authorize(Mono<Authentication> authentication, AuthorizationContext context) {
		ServerHttpRequest request = context.getExchange().getRequest();
		return Mono.just(new AuthorizationDecision(!isRestricted(request) || isLocal(request) && knowsSecret(request)));
	}

	private static boolean isRestricted(ServerHttpRequest request) {
		String[] segments = request.getPath().value().split("/", 4);
		return segments.length < 3 || !FOR_EVERYBODY.contains(segments[2]);
	}

	private static boolean isLocal(ServerHttpRequest request) {
		@Nullable InetSocketAddress peer = request.getRemoteAddress();
		return peer != null && peer.getAddress() != null && peer.getAddress().isLoopbackAddress();
	}

	private boolean knowsSecret(ServerHttpRequest request) {
		String sent = request.getHeaders().getFirst(HEADER);
		return this.secret.length == 0
				|| sent != null && MessageDigest.isEqual(this.secret, sent.getBytes(StandardCharsets.UTF_8));
	}

}
