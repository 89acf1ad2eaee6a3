package lectern.progress.readerimport;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import jakarta.validation.Validator;
import lectern.progress.eventlog.EventTypes;
import lectern.progress.eventlog.ReaderErased;
import lectern.progress.eventlog.UnknownEvent;
import lectern.progress.model.PathEvent;
import lectern.progress.model.ReadingEvent;
import lectern.progress.pathprogress.PathStreamId;
import lectern.progress.readerexport.OriginalReceipt;
import lectern.progress.readerimport.ImportEntry.AccountEntry;
import lectern.progress.readerimport.ImportEntry.BlankEntry;
import lectern.progress.readerimport.ImportEntry.EventEntry;
import lectern.progress.readerimport.ImportEntry.RefusedEntry;
import lectern.progress.representation.ReadingId;
import lectern.web.JsonDocumentReader;
import lectern.web.Problem;
import lectern.web.Problem.Violation;
import lectern.web.ProblemType;
import lectern.web.RawLine;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.stereotype.Component;

/** Parses the lines of an export. Never fails: a refused line must not lose others. */
@Component
class ImportEntryParser {

	private static final String ACCOUNT = "reader";

	private static final String SLUG = "[a-z0-9-]{1,80}";

	private static final Set<String> MEMBERS = Set.of("type", "reading", "path", "book", "occurredAt", "receivedAt",
			"data");

	/** Events are far smaller; several hundred of them are in memory at once. */
	private static final int MAX_DATA_LENGTH = 64 * 1024;

	private final JsonDocumentReader documents;

	private final EventTypes types;

	/** Numbers keep all their digits, so that an export of the import is the same. */
	ImportEntryParser(JsonMapper mapper, Validator validator, EventTypes types) {
		this.documents = new JsonDocumentReader(mapper.rebuild()
			.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
			.disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
			.build(), validator);
		this.types = types;
	}

	ImportEntry parse(String reader, RawLine line) {
		if (line.fault() != null) {
			return new RefusedEntry(line.number(),
					Problem.of(line.isTooLong() ? ProblemType.TOO_LARGE : ProblemType.MALFORMED, line.fault()));
		}
		if (line.text().isBlank()) {
			return new BlankEntry(line.number());
		}
		try {
			ObjectNode document = this.documents.read(line.text(), ObjectNode.class);
			return document.path("type").asString("").equals(ACCOUNT) ? account(line.number(), document)
					: new Line(document).toEntry(reader, line.number());
		}
		catch (Problem problem) {
			return new RefusedEntry(line.number(), problem);
		}
	}

	/** Parse stored JSON as the data of a line is parsed. */
	ObjectNode parse(String json) {
		return this.documents.read(json, ObjectNode.class);
	}

	private static AccountEntry account(int number, ObjectNode document) {
		ObjectNode profile = document.deepCopy();
		profile.remove("type");
		JsonNode reader = profile.remove(ACCOUNT);
		return new AccountEntry(number, (reader != null) ? reader.asString("") : "", profile);
	}

	/** The members of a line and what is wrong with them. */
	private final class Line {

		private final ObjectNode document;

		private final List<Violation> violations = new ArrayList<>();

		private Line(ObjectNode document) {
			this.document = document;
		}

		private EventEntry toEntry(String reader, int number) {
			this.document.propertyNames()
				.stream()
				.filter((name) -> !MEMBERS.contains(name))
				.forEach((name) -> violation(name, "is unknown"));
			String type = text("type", "[a-z]+(-[a-z]+)*", "must be the type of an event");
			if (type.equals(ReaderErased.TYPE)) {
				violation("type", "must be the type of an event of a reader");
			}
			String stream = stream(reader);
			String book = this.document.has("book") ? text("book", SLUG, "must be the id of a book") : null;
			Instant occurredAt = instant("occurredAt");
			Instant receivedAt = instant("receivedAt");
			ObjectNode data = data();
			Object payload = payload(type, data);
			if (!this.violations.isEmpty()) {
				throw Problem.invalid(this.violations);
			}
			return new EventEntry(number, type, stream, book, occurredAt, receivedAt, data, payload);
		}

		private String stream(String reader) {
			if (this.document.has("path")) {
				if (this.document.has("reading")) {
					violation("reading", "must be absent beside path");
				}
				return new PathStreamId(reader, text("path", SLUG, "must be the id of a path")).toString();
			}
			return text("reading", ReadingId.REGEX, "must be the id of a reading, a UUID").toLowerCase(Locale.ROOT);
		}

		private ObjectNode data() {
			if (!(this.document.get("data") instanceof ObjectNode data)) {
				violation("data", "must be an object");
				return this.document.objectNode();
			}
			if (data.has(OriginalReceipt.MEMBER)) {
				violation("data/" + OriginalReceipt.MEMBER, "is unknown");
			}
			String json = data.toString();
			if (json.length() > MAX_DATA_LENGTH) {
				violation("data", "must be at most 64 KB of JSON");
			}
			if (json.contains("\\u0000")) {
				violation("data", "must not contain the character NUL");
			}
			return data;
		}

		private Object payload(String type, ObjectNode data) {
			try {
				Object payload = ImportEntryParser.this.types.read(type, data.toString());
				boolean ofPath = this.document.has("path");
				boolean fits = payload instanceof UnknownEvent
						|| (ofPath ? payload instanceof PathEvent : payload instanceof ReadingEvent);
				if (!fits) {
					violation("type",
							ofPath ? "must be that of an event of a path" : "must be that of an event of a reading");
				}
				return payload;
			}
			catch (RuntimeException _) {
				// Of Jackson, or of the constructor of the event.
				violation("data", "must be the data of an event of this type");
				return data;
			}
		}

		private Instant instant(String name) {
			try {
				return Instant.parse(this.document.path(name).asString("")).truncatedTo(ChronoUnit.MICROS);
			}
			catch (DateTimeException _) {
				violation(name, "must be an instant such as 2026-01-31T12:00:00Z");
				return Instant.EPOCH;
			}
		}

		private String text(String name, String pattern, String detail) {
			JsonNode value = this.document.get(name);
			@Nullable String text = (value != null && value.isString()) ? value.asString() : null;
			if (text == null || !text.matches(pattern)) {
				violation(name, detail);
				return "";
			}
			return text;
		}

		private void violation(String pointer, String detail) {
			this.violations.add(new Violation("/" + pointer, null, detail));
		}

	}

}
