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
@Constraint(validatedBy = Text.Check.class)
public @interface Text {

	/** The longest allowed, in UTF-16 units. */
	int max();

	/** Whether it may have line breaks. */
	boolean lines() default false;

	String message() default "must be text of 1 to {max} characters without control characters";

	Class<?>[] groups() default {};

	Class<? extends Payload>[] payload() default {};

	/** Checks it. What is absent passes. */
	class Check implements ConstraintValidator<Text, CharSequence> {

		private int max;

		private boolean lines;

		@Override
		public void initialize(Text text) {
			this.max = text.max();
			this.lines = text.lines();
		}

		@Override
		public boolean isValid(@Nullable CharSequence value, ConstraintValidatorContext context) {
			return value == null || (value.length() <= this.max && !value.toString().isBlank()
					&& value.codePoints().allMatch(this::isText));
		}

		/** Half a character and NUL cannot be stored; other controls only do harm. */
		private boolean isText(int c) {
			return Character.getType(c) != Character.SURROGATE
					&& (!Character.isISOControl(c) || (this.lines && c == '\n'));
		}

	}

}
