package lectern.web;

import java.util.Locale;
import java.util.Map;

import jakarta.validation.MessageInterpolator;

/**
 * Replaces the placeholders of a message by the attributes of the constraint and does
 * nothing else. The default interpolator also looks for resource bundles and evaluates
 * expressions: it would read files on an event loop and answer in the language of the
 * machine.
 */
class ValidationMessageInterpolator implements MessageInterpolator {

	@Override
	public String interpolate(String template, Context context) {
		String message = template;
		for (Map.Entry<String, Object> attribute : context.getConstraintDescriptor().getAttributes().entrySet()) {
			message = message.replace("{" + attribute.getKey() + "}", String.valueOf(attribute.getValue()));
		}
		return message;
	}

	@Override
	public String interpolate(String template, Context context, Locale locale) {
		return interpolate(template, context);
	}

}
