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
import lectern.progress.model.ReadingCommand;
import lectern.progress.model.ReadingCommand.AbandonReading;
import lectern.progress.model.ReadingCommand.FinishReading;
import lectern.progress.model.ReadingCommand.RemovePlan;
import lectern.progress.model.ReadingCommand.ReopenReading;
import lectern.progress.model.ReadingCommand.ResumeReading;
import lectern.web.Problem;
import org.jspecify.annotations.Nullable;

/** The request body of a command on a reading, sent alone or in a list. */
sealed interface ReadingCommandRequest extends TimedRequest permits PositionRequest, PlanRequest, RestoreRequest,
		ReadingCommandRequest.FinishRequest, ReadingCommandRequest.ReopenRequest, ReadingCommandRequest.AbandonRequest,
		ReadingCommandRequest.ResumeRequest, ReadingCommandRequest.RemovePlanRequest {

	/**
	 * Create the command.
	 * @param receivedAt the current time
	 * @param past gives earlier states of the reading
	 * @throws Problem if the request names a time that is not in the past
	 */
	ReadingCommand toCommand(String reader, Instant receivedAt, ReadingAtTime past);

	/** Gives earlier states of a reading. */
	@FunctionalInterface
	interface ReadingAtTime {

		/** For commands that need no earlier state. */
		ReadingAtTime NONE = (request) -> {
			throw new IllegalStateException("No earlier state is known for " + request);
		};

		/**
		 * The reading at the time of a restore request.
		 * @throws Problem if that time is not in the past
		 */
		Reading at(RestoreRequest request);

	}

	/** In a list, the member {@code type} tells the kinds of commands apart. */
	@Documented
	@Target({ ElementType.FIELD, ElementType.METHOD, ElementType.PARAMETER })
	@Retention(RetentionPolicy.RUNTIME)
	@JacksonAnnotationsInside
	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
	@JsonSubTypes({ @Type(name = "report", value = PositionRequest.class),
			@Type(name = "finish", value = FinishRequest.class), @Type(name = "reopen", value = ReopenRequest.class),
			@Type(name = "abandon", value = AbandonRequest.class), @Type(name = "resume", value = ResumeRequest.class),
			@Type(name = "restore", value = RestoreRequest.class), @Type(name = "plan", value = PlanRequest.class),
			@Type(name = "remove-plan", value = RemovePlanRequest.class),
			@Type(name = "change-edition", value = ChangeEditionRequest.class) })
	@interface DiscriminatedByType {

	}

	/** The body of a command that is fully described by its path; may be absent. */
	record FinishRequest(@ValidInstant @Nullable String occurredAt,
			@ValidInstant @Nullable String sentAt) implements ReadingCommandRequest {

		/** The body without a time. */
		static final FinishRequest NOW = new FinishRequest(null, null);

		@Override
		public ReadingCommand toCommand(String reader, Instant receivedAt, ReadingAtTime past) {
			return new FinishReading(reader, clock(), receivedAt);
		}

	}

	/**
	 * The body of a command that is described by its path; may be absent.
	 *
	 * @param again true to open the reading even if another one of its book is open;
	 * false if absent
	 */
	record ReopenRequest(@Nullable Boolean again, @ValidInstant @Nullable String occurredAt,
			@ValidInstant @Nullable String sentAt) implements ReadingCommandRequest {

		/** The body without a time. */
		static final ReopenRequest NOW = new ReopenRequest(null, null, null);

		@Override
		public ReadingCommand toCommand(String reader, Instant receivedAt, ReadingAtTime past) {
			return new ReopenReading(reader, Boolean.TRUE.equals(this.again), clock(), receivedAt);
		}

	}

	/** The body of a command that is fully described by its path; may be absent. */
	record AbandonRequest(@ValidInstant @Nullable String occurredAt,
			@ValidInstant @Nullable String sentAt) implements ReadingCommandRequest {

		/** The body without a time. */
		static final AbandonRequest NOW = new AbandonRequest(null, null);

		@Override
		public ReadingCommand toCommand(String reader, Instant receivedAt, ReadingAtTime past) {
			return new AbandonReading(reader, clock(), receivedAt);
		}

	}

	/**
	 * The body of a command that is described by its path; may be absent.
	 *
	 * @param again true to open the reading even if another one of its book is open;
	 * false if absent
	 */
	record ResumeRequest(@Nullable Boolean again, @ValidInstant @Nullable String occurredAt,
			@ValidInstant @Nullable String sentAt) implements ReadingCommandRequest {

		/** The body without a time. */
		static final ResumeRequest NOW = new ResumeRequest(null, null, null);

		@Override
		public ReadingCommand toCommand(String reader, Instant receivedAt, ReadingAtTime past) {
			return new ResumeReading(reader, Boolean.TRUE.equals(this.again), clock(), receivedAt);
		}

	}

	/** Removes the plan, in a list; alone it is a DELETE of the plan. */
	record RemovePlanRequest(@ValidInstant @Nullable String occurredAt,
			@ValidInstant @Nullable String sentAt) implements ReadingCommandRequest {

		@Override
		public ReadingCommand toCommand(String reader, Instant receivedAt, ReadingAtTime past) {
			return new RemovePlan(reader, clock(), receivedAt);
		}

	}

}
