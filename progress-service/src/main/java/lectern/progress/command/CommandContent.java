package lectern.progress.command;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.time.Instant;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import lectern.progress.model.Reading;
import lectern.progress.model.ReadingCommand.AbandonReading;
import lectern.progress.model.ReadingCommand.FinishReading;
import lectern.progress.model.ReadingCommand.ReopenReading;
import lectern.progress.model.ReadingCommand.ResumeReading;
import lectern.progress.model.ReadingCommand;
import lectern.web.Problem;

/** What is sent to change a reading, whether to an address of its own or among others. */
sealed interface CommandContent permits PositionContent, PlanContent, RestoreContent, CommandContent.Finish,
		CommandContent.Reopen, CommandContent.Abandon, CommandContent.Resume {

	/**
	 * The command.
	 * @param receivedAt now
	 * @param past what the reading was before
	 * @throws Problem if there is no such past
	 */
	ReadingCommand by(String reader, Instant receivedAt, Past past);

	/** What a reading was. */
	@FunctionalInterface
	interface Past {

		/**
		 * The reading at a moment.
		 * @throws Problem if it is none of the past
		 */
		Reading at(RestoreContent moment);

	}

	/** Told apart by the member {@code type} where any of them may come. */
	@Documented
	@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER })
	@Retention(RetentionPolicy.RUNTIME)
	@JacksonAnnotationsInside
	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
	@JsonSubTypes({ @Type(name = "report", value = PositionContent.class), @Type(name = "finish", value = Finish.class),
			@Type(name = "reopen", value = Reopen.class), @Type(name = "abandon", value = Abandon.class),
			@Type(name = "resume", value = Resume.class), @Type(name = "restore", value = RestoreContent.class),
			@Type(name = "plan", value = PlanContent.class) })
	@interface ByType {

	}

	/** Says everything by its type, as the others here. */
	record Finish() implements CommandContent {

		@Override
		public ReadingCommand by(String reader, Instant receivedAt, Past past) {
			return new FinishReading(reader, receivedAt);
		}

	}

	record Reopen() implements CommandContent {

		@Override
		public ReadingCommand by(String reader, Instant receivedAt, Past past) {
			return new ReopenReading(reader, receivedAt);
		}

	}

	record Abandon() implements CommandContent {

		@Override
		public ReadingCommand by(String reader, Instant receivedAt, Past past) {
			return new AbandonReading(reader, receivedAt);
		}

	}

	record Resume() implements CommandContent {

		@Override
		public ReadingCommand by(String reader, Instant receivedAt, Past past) {
			return new ResumeReading(reader, receivedAt);
		}

	}

}
