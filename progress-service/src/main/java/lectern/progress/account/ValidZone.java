package lectern.progress.account;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.ZoneId;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.jspecify.annotations.Nullable;

/** Requires the name of a time zone in the IANA database. */
@Documented
@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER })
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = ValidZone.ValidZoneValidator.class)
@interface ValidZone {

	String message() default "must be the name of a time zone, such as Europe/Rome";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

	/** Looks the name up. Null is valid. */
	class ValidZoneValidator implements ConstraintValidator<ValidZone, String> {

		@Override
		public boolean isValid(@Nullable String zone, ConstraintValidatorContext context) {
			return zone == null || ZoneId.getAvailableZoneIds().contains(zone);
		}

	}

}
