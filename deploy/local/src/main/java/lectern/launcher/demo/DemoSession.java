package lectern.launcher.demo;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/** An account that is signed in. Threads that need a token at the same time share one. */
final class DemoSession {

	private static final int UNAUTHORIZED = 401;

	private final DemoApi api;

	private final String handle;

	private final String password;

	private @Nullable String token;

	/**
	 * @param token a token of an earlier run, which is renewed if it has expired; null if
	 * there is none
	 */
	DemoSession(DemoApi api, String handle, String password, @Nullable String token) {
		this.api = api;
		this.handle = handle;
		this.password = password;
		this.token = token;
	}

	String handle() {
		return this.handle;
	}

	/** Return the path of something that the reader has. */
	String path(String rest) {
		return "/readers/" + this.handle + rest;
	}

	/**
	 * Return a token, after signing in if there is none.
	 * @throws AccountRefusedException if the password is refused
	 */
	synchronized String token() throws InterruptedException {
		String present = this.token;
		return (present != null) ? present : signIn();
	}

	/** Send a request as this account; see {@link DemoApi#send}. */
	DemoResponse send(DemoRequest request) throws InterruptedException {
		String used = token();
		DemoResponse response = this.api.send(request, used);
		return (response.status() != UNAUTHORIZED) ? response : this.api.send(request, renew(used));
	}

	/** Tokens live for half an hour, their session for 30 days. */
	private synchronized String renew(String expired) throws InterruptedException {
		String present = this.token;
		if (present != null && !present.equals(expired)) {
			return present;
		}
		DemoResponse response = this.api.send(DemoRequest.renewal(), expired);
		return response.isSuccess() ? accept(response) : signIn();
	}

	private String signIn() throws InterruptedException {
		DemoResponse response = this.api
			.send(DemoRequest.post("/tokens", Map.of("reader", this.handle, "password", this.password)), null);
		if (!response.isSuccess()) {
			throw new AccountRefusedException(
					"The account " + this.handle + " cannot sign in (" + response.failure() + ").");
		}
		return accept(response);
	}

	private String accept(DemoResponse response) {
		String received = response.json().path("accessToken").asString("");
		this.token = received;
		return received;
	}

}
