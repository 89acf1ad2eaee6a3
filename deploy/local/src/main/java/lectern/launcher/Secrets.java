package lectern.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** Passwords that are made once and kept in the data folder for their owner alone. */
final class Secrets {

	private static final int PASSWORD_BYTES = 18;

	private final Path data;

	Secrets(Path data) {
		this.data = data;
	}

	/** Return the password of a database role, made at its first use. */
	String databasePassword(String role) throws IOException {
		PrivateFiles.createFolder(this.data.resolve("secrets"));
		return readOrCreate(passwordFile(role), (password) -> {
		});
	}

	/** Return the file a database role's password is kept in. */
	Path passwordFile(String role) {
		return this.data.resolve("secrets").resolve(role);
	}

	/**
	 * Return the password of the account {@code admin}.
	 * @param asked the one asked for; it is used and not kept
	 * @param console told the password when it has just been made, and never again
	 */
	String adminPassword(Optional<String> asked, LauncherConsole console) throws IOException {
		if (asked.isPresent()) {
			return asked.get();
		}
		Path file = this.data.resolve("admin-password");
		return readOrCreate(file, (password) -> console
			.printLine("The account admin has the password " + password + " (shown this once, kept in " + file + ")"));
	}

	private static String readOrCreate(Path file, LauncherConsole whenMade) throws IOException {
		if (Files.exists(file)) {
			return Files.readString(file).strip();
		}
		byte[] random = new byte[PASSWORD_BYTES];
		new SecureRandom().nextBytes(random);
		String password = Base64.getUrlEncoder().encodeToString(random);
		PrivateFiles.write(file, password + "\n");
		whenMade.printLine(password);
		return password;
	}

}
