package lectern.progress.command;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.jspecify.annotations.Nullable;

/**
 * An instant in RFC 3339 format, from 1970 to 9999.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3339">RFC 3339</a>
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = ValidInstant.ValidInstantValidator.class)
@interface ValidInstant {

	String message() default "must be an instant such as 2026-01-31T12:00:00Z, from 1970 to 9999";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

	/** Checks the format and the range. Null is valid. */
	class ValidInstantValidator implements ConstraintValidator<ValidInstant, String> {

		private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

		private static final int MAX_LENGTH = 40;

		@Override
		public boolean isValid(@Nullable String value, ConstraintValidatorContext context) {
			return value == null || isValid(value);
		}

		static boolean isValid(String value) {
			if (value.length() > MAX_LENGTH) {
				return false;
			}
			try {
				Instant instant = parse(value);
				return !instant.isBefore(Instant.EPOCH) && !instant.isAfter(LATEST);
			}
			catch (DateTimeException _) {
				return false;
			}
		}

		/** Parse a valid instant, in microseconds, the precision of the log. */
		static Instant parse(String valid) {
			return Instant.parse(valid).truncatedTo(ChronoUnit.MICROS);
		}

	}

}
