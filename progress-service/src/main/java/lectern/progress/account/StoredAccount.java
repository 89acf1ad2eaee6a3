package lectern.progress.account;

/**
 * An account with its stored password hash.
 *
 * @param passwordHash never returned to clients nor logged
 */
record StoredAccount(Account account, String passwordHash) {

	@Override
	public String toString() {
		return "StoredAccount[" + this.account + "]";
	}

}
