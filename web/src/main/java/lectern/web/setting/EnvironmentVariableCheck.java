package lectern.web.setting;

import java.util.Collection;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Ends the start of a service whose environment has a misspelt variable, which would
 * otherwise be ignored.
 */
final class EnvironmentVariableCheck implements EnvironmentPostProcessor {

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		requireKnown(environment.getSystemEnvironment().keySet());
	}

	static void requireKnown(Collection<String> variables) {
		String unknown = EnvironmentVariables.known().explainUnknown(variables);
		if (unknown != null) {
			throw new StartRefusedException(unknown);
		}
	}

}
