package lectern.launcher;

import java.io.Console;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Scanner;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Administers the accounts of a Lectern that runs on this machine, for what cannot be
 * done from outside. {@code ./lectern admin} starts this class.
 */
public final class AdminCommand {

	static final String USAGE = """
			usage: lectern admin reset-password HANDLE        generate a password and print it
			       lectern admin reset-password HANDLE --ask  read the password from the terminal or a pipe
			       lectern admin roles HANDLE                 show the roles of a reader
			       lectern admin roles HANDLE ROLE...         set the roles: curator, operator, or none
			       lectern admin sessions HANDLE              show where a reader is signed in
			       lectern admin sessions HANDLE --end        sign a reader out everywhere
			       lectern admin rotate-keys                  sign tokens with the next key
			       lectern admin help                         show this text

			Lectern must run on this machine. LECTERN_PORT and LECTERN_DATA are those of lectern up.
			A new password ends all sessions of the reader; the keys of programs stay.
			""";

	private static final int USAGE_ERROR = 2;

	private static final Set<String> HELP = Set.of("help", "-h", "--help");

	/**
	 * In all forms in which a handle can be typed. Other text is no segment of a path.
	 */
	private static final Pattern TYPED_HANDLE = Pattern.compile("[\\p{L}\\p{N}-]+");

	private static final String ADMIN = "admin";

	private final LauncherSettings settings;

	private final AdministrationClient client;

	private final Supplier<String> passwordInput;

	private final PrintStream output;

	private final PrintStream errors;

	/**
	 * @param passwordInput reads a password; empty if there is none
	 */
	AdminCommand(LauncherSettings settings, Supplier<String> passwordInput, PrintStream output, PrintStream errors) {
		this.settings = settings;
		this.client = new AdministrationClient(settings);
		this.passwordInput = passwordInput;
		this.output = output;
		this.errors = errors;
	}

	/**
	 * Run a command and exit: with 0 if it was done, with 1 and a printed sentence if
	 * not, and with 2 if there is no such command.
	 * @param arguments the project's folder and the command
	 */
	public static void main(String[] arguments) {
		List<String> command = Arrays.asList(arguments).subList(1, arguments.length);
		PrintStream output = new PrintStream(System.out, true, StandardCharsets.UTF_8);
		try {
			LauncherSettings settings = LauncherSettings.fromEnvironment(System.getenv(), Path.of(arguments[0]));
			System.exit(new AdminCommand(settings, AdminCommand::readPassword, output, System.err).execute(command));
		}
		catch (StartupException ex) {
			System.err.println(ex.userMessage());
			System.exit(1);
		}
	}

	/** Execute a command; return the exit code. */
	int execute(List<String> command) {
		if (command.size() == 1 && HELP.contains(command.getFirst())) {
			this.output.print(USAGE);
			return 0;
		}
		try {
			String result = run(command);
			if (result == null) {
				this.errors.print(USAGE);
				return USAGE_ERROR;
			}
			this.output.print(result);
			return 0;
		}
		catch (StartupException ex) {
			this.errors.println(ex.userMessage());
			return 1;
		}
		catch (InterruptedException _) {
			Thread.currentThread().interrupt();
			return 1;
		}
	}

	/** Return what to print; null if there is no such command. */
	private @Nullable String run(List<String> command) throws InterruptedException {
		String name = command.isEmpty() ? "" : command.getFirst();
		if (name.equals("rotate-keys") && command.size() == 1) {
			this.client.send("POST", "signingkeys", null);
			return "The next key signs tokens from now on. Present tokens stay valid until they expire.\n";
		}
		if (command.size() < 2) {
			return null;
		}
		String handle = command.get(1).strip();
		if (!TYPED_HANDLE.matcher(handle).matches()) {
			throw new StartupException("No reader has this handle.");
		}
		String account = "accounts/" + AdministrationClient.encode(handle);
		List<String> options = command.subList(2, command.size());
		return switch (name) {
			case "reset-password" -> resetPassword(handle, account, options);
			case "roles" -> roles(account, options);
			case "sessions" -> sessions(account, options);
			default -> null;
		};
	}

	private @Nullable String resetPassword(String handle, String account, List<String> options)
			throws InterruptedException {
		if (!options.isEmpty() && !options.equals(List.of("--ask"))) {
			return null;
		}
		String chosen = options.isEmpty() ? "" : askForPassword();
		String password = this.client.send("POST", account + "/password", chosen).strip();
		if (handle.equalsIgnoreCase(ADMIN)) {
			keepAdminPassword(password);
		}
		return options.isEmpty() ? password + "\n" : "The password was set.\n";
	}

	/** Otherwise the next start would set the former password again. */
	private void keepAdminPassword(String password) {
		try {
			boolean configured = this.settings.adminPassword().isPresent();
			if (!new Secrets(this.settings.dataFolder()).replaceAdminPassword(password) || configured) {
				this.errors
					.println("The next start sets the password of LECTERN_ADMIN_PASSWORD again: change it there.");
			}
		}
		catch (IOException ex) {
			throw DataFolder.unusableException(this.settings.dataFolder(), ex);
		}
	}

	private String askForPassword() {
		String password = this.passwordInput.get();
		if (password.isEmpty()) {
			throw new StartupException("No password was given: type one, or leave out --ask to have one generated.");
		}
		return password;
	}

	private static String readPassword() {
		Console console = System.console();
		if (console != null && console.isTerminal()) {
			char[] typed = console.readPassword("New password: ");
			return (typed != null) ? new String(typed) : "";
		}
		Scanner input = new Scanner(System.in, StandardCharsets.UTF_8);
		return input.hasNextLine() ? input.nextLine() : "";
	}

	private @Nullable String roles(String account, List<String> roles) throws InterruptedException {
		if (roles.stream().anyMatch((role) -> role.startsWith("-"))) {
			return null;
		}
		String value = roles.equals(List.of("none")) ? "" : String.join(" ", roles);
		String result = roles.isEmpty() ? this.client.send("GET", account + "/roles", null)
				: this.client.send("POST", account + "/roles", value);
		return orNone(result);
	}

	private static String orNone(String lines) {
		return lines.isEmpty() ? "none\n" : lines;
	}

	private @Nullable String sessions(String account, List<String> options) throws InterruptedException {
		if (options.isEmpty()) {
			return orNone(this.client.send("GET", account + "/sessions", null));
		}
		return options.equals(List.of("--end")) ? this.client.send("DELETE", account + "/sessions", null) : null;
	}

}
