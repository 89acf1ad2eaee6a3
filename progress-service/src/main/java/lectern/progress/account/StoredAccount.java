package lectern.progress.account;

/**
 * An account as it is kept.
 *
 * @param passwordHash never shown nor logged
 */
record StoredAccount(Account account, String passwordHash) {

	@Override
	public String toString() {
		return "StoredAccount[" + this.account + "]";
	}

}
