package lectern.launcher;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Ports of PostgreSQL on a machine where those below 1024 are reserved for root. */
class UnprivilegedUserTests {

	private static final int LOWEST_PORT = 1024;

	private final UnprivilegedUser besidesRoot = new UnprivilegedUser(List.of("unshare", "-U"));

	private final UnprivilegedUser current = new UnprivilegedUser(List.of());

	@Test
	void rejectsPortThatOnlyRootMayListenOn() {
		assertThatExceptionOfType(StartupException.class)
			.isThrownBy(() -> this.besidesRoot.requireAllowedPort(new Ports(80), LOWEST_PORT))
			.withMessage(
					"PostgreSQL does not run as root, so it cannot listen on port 83: set LECTERN_PORT (now 80) to "
							+ "1021 or more, and let a proxy listen on port 80.");
	}

	@Test
	void acceptsPortThatEveryUserMayListenOn() {
		this.besidesRoot.requireAllowedPort(new Ports(1021), LOWEST_PORT);
	}

	/** Whether this user may listen is seen when all ports are tried. */
	@Test
	void acceptsEveryPortForCurrentUser() {
		this.current.requireAllowedPort(new Ports(80), LOWEST_PORT);
	}

}
