package lectern.web;

import lectern.web.setting.StartFault;

import org.springframework.boot.SpringApplication;

/** What the main method of each service does. */
public final class ServiceMain {

	private ServiceMain() {
	}

	/**
	 * Run a service until the process is stopped. A start that fails ends the JVM: with
	 * exit code {@value StartFault#EXIT_CODE} if only a change by the operator can mend
	 * it, so that a supervisor need not try again, and with 1 otherwise.
	 * @param application the class with the configuration of the service
	 * @param arguments settings, such as {@code --server.port=9000}
	 */
	public static void run(Class<?> application, String... arguments) {
		EventLoopCount.limitToCores();
		try {
			SpringApplication.run(application, arguments);
		}
		catch (RuntimeException ex) {
			if (StartFault.isPermanent(ex)) {
				// Spring Boot has logged the reason, and stopped what had started.
				System.exit(StartFault.EXIT_CODE);
			}
			throw ex;
		}
	}

}
