package lectern.web.setting;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Explains in one sentence a start that fails because of the value of a setting. Spring
 * Boot's own explanation has the names of classes and shows secrets.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class SettingFailureAnalyzer extends AbstractFailureAnalyzer<BindException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, BindException cause) {
		SettingFault fault = faultOf(cause);
		return (fault != null) ? new FailureAnalysis(fault.sentence(), null, cause) : null;
	}

	private @Nullable SettingFault faultOf(BindException cause) {
		InvalidSettingException invalid = findCause(cause, InvalidSettingException.class);
		if (invalid != null) {
			return new SettingFault(cause.getName().append(invalid.member()).toString(), invalid.value(),
					invalid.requirement());
		}
		ConfigurationProperty property = cause.getProperty();
		return (property != null) ? new SettingFault(property.getName().toString(), String.valueOf(property.getValue()),
				SettingType.describe(cause.getTarget().getType())) : null;
	}

}
