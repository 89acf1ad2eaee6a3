package lectern.web.setting;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.util.ClassUtils;

/**
 * Explains in one sentence the wrong value of a setting that Spring Boot reads before it
 * binds any, such as {@code server.port}.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class EarlySettingFailureAnalyzer extends AbstractFailureAnalyzer<InvalidConfigurationPropertyValueException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidConfigurationPropertyValueException cause) {
		SettingFault fault = new SettingFault(cause.getName(), String.valueOf(cause.getValue()),
				SettingType.describe(typeIn(String.valueOf(cause.getReason()))));
		return new FailureAnalysis(fault.sentence(), null, cause);
	}

	/** The reason ends with the name of the type; the exception has it nowhere else. */
	private static ResolvableType typeIn(String reason) {
		String name = reason.substring(reason.lastIndexOf(' ') + 1);
		return ResolvableType
			.forClass(ClassUtils.isPresent(name, null) ? ClassUtils.resolveClassName(name, null) : Object.class);
	}

}
