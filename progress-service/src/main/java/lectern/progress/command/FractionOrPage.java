package lectern.progress.command;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import org.jspecify.annotations.Nullable;

/** Requires a fraction or a page. The violation is reported at the fraction. */
@Documented
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = FractionOrPage.FractionOrPageValidator.class)
@interface FractionOrPage {

	String message() default "is missing, and so is page";

	/** A report with one of them, though it cannot be read, does not lack both. */
	String[] members() default { "fraction", "page" };

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

	/** Tests for both. Null is valid. */
	class FractionOrPageValidator implements ConstraintValidator<FractionOrPage, PositionRequest> {

		@Override
		public boolean isValid(@Nullable PositionRequest report, ConstraintValidatorContext context) {
			if (report == null || report.fraction() != null || report.page() != null) {
				return true;
			}
			context.disableDefaultConstraintViolation();
			context.buildConstraintViolationWithTemplate(context.getDefaultConstraintMessageTemplate())
				.addPropertyNode("fraction")
				.addConstraintViolation();
			return false;
		}

	}

}
