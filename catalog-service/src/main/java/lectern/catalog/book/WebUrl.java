package lectern.catalog.book;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URI;
import java.net.URISyntaxException;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Must be an http or https URL, which a page may link to: other schemes, such as
 * {@code javascript}, could run code.
 */
@Documented
@Target({ ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE })
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = WebUrl.WebUrlValidator.class)
@interface WebUrl {

	String message() default "must be an http or https URL of up to 2000 ASCII characters";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

	/** Null is valid. */
	class WebUrlValidator implements ConstraintValidator<WebUrl, String> {

		private static final int MAX_LENGTH = 2000;

		@Override
		public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
			if (value == null) {
				return true;
			}
			if (value.length() > MAX_LENGTH) {
				return false;
			}
			try {
				URI url = new URI(value);
				boolean web = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
				return web && url.getRawAuthority() != null && url.getRawUserInfo() == null
						&& value.chars().allMatch((c) -> c < 0x80);
			}
			catch (URISyntaxException _) {
				return false;
			}
		}

	}

}
