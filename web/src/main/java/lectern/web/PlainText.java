package lectern.web;

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

/**
 * Validates text for people: not blank, not too long, without control characters and
 * without unpaired surrogates. Null is valid.
 */
@Documented
@Target({ ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE })
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = PlainText.PlainTextValidator.class)
public @interface PlainText {

	/** The maximum length in UTF-16 code units. */
	int max();

	/** Whether line breaks are allowed. */
	boolean multiline() default false;

	String message() default "must be text of 1 to {max} characters without control characters";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

	/** Validates the text; null is valid. */
	class PlainTextValidator implements ConstraintValidator<PlainText, CharSequence> {

		private int max;

		private boolean multiline;

		@Override
		public void initialize(PlainText text) {
			this.max = text.max();
			this.multiline = text.multiline();
		}

		@Override
		public boolean isValid(@Nullable CharSequence value, ConstraintValidatorContext context) {
			return value == null || (value.length() <= this.max && !value.toString().isBlank()
					&& value.codePoints().allMatch(this::isAllowed));
		}

		/**
		 * The database cannot store unpaired surrogates and NUL; other control characters
		 * can corrupt terminals and pages.
		 */
		private boolean isAllowed(int c) {
			return Character.getType(c) != Character.SURROGATE
					&& (!Character.isISOControl(c) || (this.multiline && c == '\n'));
		}

	}

}
