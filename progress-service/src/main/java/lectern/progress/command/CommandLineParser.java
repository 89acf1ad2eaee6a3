package lectern.progress.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import jakarta.validation.Validator;
import lectern.progress.command.ReadingCommandRequest.AbandonRequest;
import lectern.progress.command.ReadingCommandRequest.FinishRequest;
import lectern.progress.command.ReadingCommandRequest.RemovePlanRequest;
import lectern.progress.command.ReadingCommandRequest.ReopenRequest;
import lectern.progress.command.ReadingCommandRequest.ResumeRequest;
import lectern.progress.representation.ReadingId;
import lectern.web.IdempotencyKey;
import lectern.web.IdempotencyKeyResolver;
import lectern.web.JsonDocumentReader;
import lectern.web.Problem;
import lectern.web.Problem.Violation;
import lectern.web.ProblemType;
import lectern.web.RawLine;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;

/**
 * Parses the lines of a list of commands. A line is the content of the request that has
 * the same effect, with the members {@code key}, {@code type}, {@code reading} and
 * {@code ifMatch} in place of its address and headers.
 */
@Component
class CommandLineParser {

	/** In place of the reading of an undo, which its cursor tells. */
	private static final UUID NO_READING = new UUID(0, 0);

	private static final Map<String, Kind> KINDS = kinds();

	private final JsonDocumentReader documents;

	private final PositionRequestParser reports;

	private final IdempotencyKeyResolver keys;

	CommandLineParser(JsonMapper mapper, Validator validator) {
		// Otherwise the detour by the tree would round numbers to those of type double.
		JsonMapper exact = mapper.rebuild().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();
		this.documents = new JsonDocumentReader(exact, validator);
		this.reports = new PositionRequestParser(exact);
		this.keys = new IdempotencyKeyResolver(mapper);
	}

	private static Map<String, Kind> kinds() {
		Map<String, Kind> kinds = new LinkedHashMap<>();
		kinds.put("start", new Kind(StartReadingRequest.class, HttpMethod.POST, "/readings"));
		kinds.put("report", new Kind(PositionRequest.class, HttpMethod.POST, "/readings/{reading}/positions"));
		kinds.put("change-edition", new Kind(ChangeEditionRequest.class, HttpMethod.PATCH, "/readings/{reading}"));
		kinds.put("finish", new Kind(FinishRequest.class, HttpMethod.POST, "/readings/{reading}/finish"));
		kinds.put("reopen", new Kind(ReopenRequest.class, HttpMethod.POST, "/readings/{reading}/reopen"));
		kinds.put("abandon", new Kind(AbandonRequest.class, HttpMethod.POST, "/readings/{reading}/abandon"));
		kinds.put("resume", new Kind(ResumeRequest.class, HttpMethod.POST, "/readings/{reading}/resume"));
		kinds.put("restore", new Kind(RestoreRequest.class, HttpMethod.POST, "/readings/{reading}/restore"));
		kinds.put("plan", new Kind(PlanRequest.class, HttpMethod.PUT, "/readings/{reading}/plan"));
		kinds.put("remove-plan", new Kind(RemovePlanRequest.class, HttpMethod.DELETE, "/readings/{reading}/plan"));
		kinds.put("remove", new Kind(RemovalRequest.class, HttpMethod.DELETE, "/readings/{reading}"));
		kinds.put("undo", new Kind(UndoRequest.class, HttpMethod.POST, "/undo"));
		return kinds;
	}

	/** Parse a line; never fails, since a refused line must not lose the others. */
	ListedCommand parse(String reader, RawLine line) {
		if (line.fault() != null) {
			return new RefusedCommand(line.number(), null, Problem.of(faultType(line), line.fault()));
		}
		if (line.text().isBlank()) {
			return new ListedCommand.BlankLine(line.number());
		}
		Envelope envelope = new Envelope();
		try {
			ObjectNode document = this.documents.read(line.text(), ObjectNode.class);
			envelope.take(document);
			return command(reader, line.number(), envelope, document);
		}
		catch (Problem problem) {
			return new RefusedCommand(line.number(), envelope.key.isEmpty() ? null : envelope.key, problem);
		}
	}

	private static ProblemType faultType(RawLine line) {
		return line.isTooLong() ? ProblemType.TOO_LARGE : ProblemType.MALFORMED;
	}

	private CommandLine command(String reader, int number, Envelope envelope, ObjectNode document) {
		Kind kind = envelope.kind;
		TimedRequest request = (kind != null) ? read(kind, document, envelope.violations) : null;
		if (kind == null || request == null || !envelope.violations.isEmpty()) {
			throw Problem.invalid(envelope.violations);
		}
		UUID reading = (request instanceof StartReadingRequest start) ? start.readingId()
				: kind.namesReading() ? UUID.fromString(envelope.reading) : NO_READING;
		String path = "/api/v1/readers/" + reader + kind.path().replace("{reading}", envelope.reading);
		return new CommandLine(number, this.keys.resolve(envelope.key, kind.method(), path, request), reading, request,
				envelope.ifMatch);
	}

	/**
	 * Read the members of the command.
	 * @param violations those found before; others are added
	 * @return null if there are violations
	 */
	private @Nullable TimedRequest read(Kind kind, ObjectNode document, List<Violation> violations) {
		if (kind.type() == PositionRequest.class) {
			PositionRequest report = this.reports.parse(document);
			if (report != null) {
				return report;
			}
		}
		if (kind.type() == ChangeEditionRequest.class && !document.has(ChangeEditionRequest.EDITION)) {
			violations
				.add(new Violation("/" + ChangeEditionRequest.EDITION, null, "is missing; null names no edition"));
		}
		try {
			return this.documents.read(document.toString(), kind.type());
		}
		catch (Problem problem) {
			if (problem.violations().isEmpty()) {
				throw problem;
			}
			violations.addAll(problem.violations());
			return null;
		}
	}

	/** A kind of commands: its content, and the request that has the same effect. */
	private record Kind(Class<? extends TimedRequest> type, HttpMethod method, String path) {

		boolean namesReading() {
			return this.path.contains("{reading}");
		}

	}

	/** The members of a line that are not content of the command. */
	private static final class Envelope {

		private final List<Violation> violations = new ArrayList<>();

		private String key = "";

		private @Nullable Kind kind;

		private String reading = "";

		private @Nullable String ifMatch;

		/** Remove the members from the document. */
		void take(ObjectNode document) {
			this.key = takeText(document, "key");
			if (!IdempotencyKey.isValid(this.key)) {
				violation("/key", "must be text of 1 to 200 visible ASCII characters, different for each command");
			}
			this.kind = KINDS.get(takeText(document, "type"));
			if (this.kind == null) {
				violation("/type", "must be one of " + String.join(", ", KINDS.keySet()));
			}
			if (this.kind == null || this.kind.namesReading()) {
				this.reading = takeText(document, "reading");
				if (!this.reading.matches(ReadingId.REGEX)) {
					violation("/reading", "must be the id of a reading, a UUID");
				}
			}
			if (document.has("ifMatch")) {
				this.ifMatch = takeText(document, "ifMatch");
			}
		}

		private void violation(String pointer, String detail) {
			this.violations.add(new Violation(pointer, null, detail));
		}

		private static String takeText(ObjectNode document, String name) {
			JsonNode value = document.remove(name);
			return (value != null && value.isString()) ? value.asString() : "";
		}

	}

}
