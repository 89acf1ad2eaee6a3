package lectern.progress.reader;

/**
 * The answer to who has signed in, in the terms of OAuth 2.
 *
 * @param expiresIn seconds
 */
record AccessToken(String accessToken, String tokenType, long expiresIn) {

	@Override
	public String toString() {
		return "AccessToken[expiresIn=" + this.expiresIn + "]";
	}

}
