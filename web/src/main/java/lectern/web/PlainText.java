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

/** Text for people: not blank, not too long, no control characters, whole characters. */
@Documented
@Target({ ElementType.FIELD, ElementType.PARAMETER, ElementType.TYPE_USE })
@Retention(RetentionPolicy.RUNTIME)
@Constraint(validatedBy = PlainText.PlainTextValidator.class)
public @interface PlainText {

	/** The longest allowed, in UTF-16 units. */
	int max();

	/** Whether it may have line breaks. */
	boolean multiline() default false;

	String message() default "must be text of 1 to {max} characters without control characters";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

	/** Checks it. What is absent passes. */
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

		/** Half a character and NUL cannot be stored; other controls only do harm. */
		private boolean isAllowed(int c) {
			return Character.getType(c) != Character.SURROGATE
					&& (!Character.isISOControl(c) || (this.multiline && c == '\n'));
		}

	}

}
