package lectern.progress.account;

/**
 * The response to a sign-in, in the terms of OAuth 2.
 *
 * @param accessToken a signed JWT
 * @param tokenType always {@code Bearer}
 * @param expiresIn in seconds
 */
record TokenResponse(String accessToken, String tokenType, long expiresIn) {

	@Override
	public String toString() {
		return "TokenResponse[expiresIn=" + this.expiresIn + "]";
	}

}
