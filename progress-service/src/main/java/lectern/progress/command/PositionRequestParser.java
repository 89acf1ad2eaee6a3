package lectern.progress.command;

import java.math.BigDecimal;

import lectern.progress.command.PositionRequest.DeviceRequest;
import lectern.progress.command.ValidInstant.ValidInstantValidator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads valid reports without data binding and without the validator, which take longer
 * than everything else that is done with a report. It accepts fewer documents than they
 * do: what it does not accept is left to them, which also tell what is wrong with it.
 */
final class PositionRequestParser {

	private static final int MAX_FRACTION_LENGTH = 20;

	private final JsonMapper mapper;

	PositionRequestParser(JsonMapper mapper) {
		this.mapper = mapper;
	}

	/** Return a valid report; null if the document must be read in the ordinary way. */
	@Nullable PositionRequest parse(byte[] json) {
		try (JsonParser parser = this.mapper.createParser(json)) {
			return (parser.nextToken() == JsonToken.START_OBJECT) ? readReport(parser) : null;
		}
		catch (JacksonException _) {
			return null;
		}
	}

	/** The same for a document that was parsed before. */
	@Nullable PositionRequest parse(JsonNode document) {
		try (JsonParser parser = this.mapper.treeAsTokens(document)) {
			return (parser.nextToken() == JsonToken.START_OBJECT) ? readReport(parser) : null;
		}
		catch (JacksonException _) {
			return null;
		}
	}

	private static @Nullable PositionRequest readReport(JsonParser parser) {
		Report report = new Report();
		for (String name = parser.nextName(); name != null; name = parser.nextName()) {
			parser.nextToken();
			if (!report.readMember(name, parser)) {
				return null;
			}
		}
		boolean complete = parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null;
		return complete ? report.toRequest() : null;
	}

	private static @Nullable BigDecimal readFraction(JsonParser parser) {
		if (!parser.currentToken().isNumeric() || parser.getStringLength() > MAX_FRACTION_LENGTH) {
			return null;
		}
		BigDecimal fraction = parser.getDecimalValue();
		return (fraction.signum() >= 0 && fraction.compareTo(BigDecimal.ONE) <= 0) ? fraction : null;
	}

	private static @Nullable Integer readPage(JsonParser parser) {
		if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
			return null;
		}
		int page = parser.getIntValue();
		return (page >= 0 && page <= PositionRequest.MAX_PAGE) ? page : null;
	}

	private static @Nullable DeviceRequest readDevice(JsonParser parser) {
		if (parser.currentToken() != JsonToken.START_OBJECT) {
			return null;
		}
		String id = null;
		String name = null;
		for (String member = parser.nextName(); member != null; member = parser.nextName()) {
			parser.nextToken();
			boolean valid = switch (member) {
				case "id" -> {
					id = readText(parser, DeviceRequest.MAX_ID);
					yield id != null;
				}
				case "name" -> {
					name = readText(parser, DeviceRequest.MAX_NAME);
					yield name != null;
				}
				default -> false;
			};
			if (!valid) {
				return null;
			}
		}
		return (parser.currentToken() == JsonToken.END_OBJECT && id != null) ? new DeviceRequest(id, name) : null;
	}

	/** Surrogates are valid in pairs only, which is not checked here. */
	private static @Nullable String readText(JsonParser parser, int maxLength) {
		if (parser.currentToken() != JsonToken.VALUE_STRING) {
			return null;
		}
		String text = parser.getString();
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (Character.isISOControl(c) || Character.isSurrogate(c)) {
				return null;
			}
		}
		return (text.length() <= maxLength && !text.isBlank()) ? text : null;
	}

	private static @Nullable String readInstant(JsonParser parser) {
		if (parser.currentToken() != JsonToken.VALUE_STRING) {
			return null;
		}
		String text = parser.getString();
		return ValidInstantValidator.isValid(text) ? text : null;
	}

	/** The members that were read so far. */
	private static final class Report {

		private @Nullable BigDecimal fraction;

		private @Nullable Integer page;

		private @Nullable String chapter;

		private @Nullable String locator;

		private @Nullable DeviceRequest device;

		private @Nullable String occurredAt;

		private @Nullable String sentAt;

		/** Return false if the member is unknown or not valid. */
		boolean readMember(String name, JsonParser parser) {
			return switch (name) {
				case "fraction" -> {
					this.fraction = readFraction(parser);
					yield this.fraction != null;
				}
				case "page" -> {
					this.page = readPage(parser);
					yield this.page != null;
				}
				case "chapter" -> {
					this.chapter = readText(parser, PositionRequest.MAX_CHAPTER);
					yield this.chapter != null;
				}
				case "locator" -> {
					this.locator = readText(parser, PositionRequest.MAX_LOCATOR);
					yield this.locator != null;
				}
				case "device" -> {
					this.device = readDevice(parser);
					yield this.device != null;
				}
				case "occurredAt" -> {
					this.occurredAt = readInstant(parser);
					yield this.occurredAt != null;
				}
				case "sentAt" -> {
					this.sentAt = readInstant(parser);
					yield this.sentAt != null;
				}
				default -> false;
			};
		}

		@Nullable PositionRequest toRequest() {
			return (this.fraction != null || this.page != null) ? new PositionRequest(this.fraction, this.page,
					this.chapter, this.locator, this.device, this.occurredAt, this.sentAt) : null;
		}

	}

}
