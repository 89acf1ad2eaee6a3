package lectern.progress.account;

/**
 * The answer to who has signed in, in the terms of OAuth 2.
 *
 * @param expiresIn seconds
 */
record TokenResponse(String accessToken, String tokenType, long expiresIn) {

	@Override
	public String toString() {
		return "TokenResponse[expiresIn=" + this.expiresIn + "]";
	}

}
