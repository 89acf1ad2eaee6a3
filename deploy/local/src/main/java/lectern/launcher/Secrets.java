package lectern.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Consumer;

/** Passwords that are generated once and stored in the data folder. */
final class Secrets {

	private static final int PASSWORD_BYTES = 18;

	private static final String ADMINISTRATION = "administration";

	private static final String ADMIN_PASSWORD = "admin-password";

	private final Path data;

	Secrets(Path data) {
		this.data = data;
	}

	/** Return the password of a database role; it is generated at the first use. */
	String databasePassword(String role) throws IOException {
		PrivateFiles.createFolder(this.data.resolve("secrets"));
		return readOrCreate(passwordFile(role), (password) -> {
		});
	}

	/** Return the file with the password of a database role. */
	Path passwordFile(String role) {
		return this.data.resolve("secrets").resolve(role);
	}

	/**
	 * Return the secret that the administration of accounts needs; it is generated at the
	 * first use.
	 */
	String administrationSecret() throws IOException {
		PrivateFiles.createFolder(this.data.resolve("secrets"));
		return readOrCreate(passwordFile(ADMINISTRATION), (secret) -> {
		});
	}

	/**
	 * Return the secret that the administration of accounts needs.
	 * @throws StartupException if no Lectern has run on this data folder
	 */
	String existingAdministrationSecret() {
		Path file = passwordFile(ADMINISTRATION);
		try {
			return Files.readString(file).strip();
		}
		catch (IOException _) {
			throw new StartupException("The file " + file
					+ " cannot be read: start Lectern with lectern up, or set LECTERN_DATA to its data folder.");
		}
	}

	/**
	 * Return the password of the account {@code admin}.
	 * @param configured the configured password, which is not stored
	 * @throws StartupException if it is neither configured nor stored
	 */
	String existingAdminPassword(Optional<String> configured) {
		Path file = this.data.resolve(ADMIN_PASSWORD);
		try {
			return configured.isPresent() ? configured.get() : Files.readString(file).strip();
		}
		catch (IOException _) {
			throw new StartupException("The password of the account admin is not known, because the file " + file
					+ " cannot be read: set LECTERN_ADMIN_PASSWORD, or set LECTERN_DATA to the data folder.");
		}
	}

	/**
	 * Replace the stored password of the account {@code admin}.
	 * @return false if none is stored, because one is configured
	 */
	boolean replaceAdminPassword(String password) throws IOException {
		Path file = this.data.resolve(ADMIN_PASSWORD);
		if (!Files.exists(file)) {
			return false;
		}
		PrivateFiles.write(file, password + "\n");
		return true;
	}

	/**
	 * Return the password of the account {@code admin}.
	 * @param configured the configured password, which is not stored; if empty, one is
	 * generated and stored
	 * @param console prints the password once, when it is generated
	 */
	String adminPassword(Optional<String> configured, LauncherConsole console) throws IOException {
		if (configured.isPresent()) {
			return configured.get();
		}
		Path file = this.data.resolve(ADMIN_PASSWORD);
		return readOrCreate(file, (password) -> console
			.printLine("The account admin has the password " + password + " (shown only now, stored in " + file + ")"));
	}

	private static String readOrCreate(Path file, Consumer<String> onCreated) throws IOException {
		if (Files.exists(file)) {
			return Files.readString(file).strip();
		}
		byte[] random = new byte[PASSWORD_BYTES];
		new SecureRandom().nextBytes(random);
		String password = Base64.getUrlEncoder().encodeToString(random);
		PrivateFiles.write(file, password + "\n");
		onCreated.accept(password);
		return password;
	}

}
