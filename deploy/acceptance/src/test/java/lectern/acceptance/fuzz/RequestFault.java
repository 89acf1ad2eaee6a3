package lectern.acceptance.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPOutputStream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A fault of the parameters, the headers, or the form of the content. */
enum RequestFault implements CallFault {

	UNKNOWN_PARAMETER {
		@Override
		public Optional<ApiCall> apply(ObjectNode document, ApiCall call, RandomGenerator random) {
			return Optional.of(call.withQuery("colour=red").withKind(name(), Expected.invalidParameter("colour")));
		}
	},

	PARAMETER_OUT_OF_RANGE {
		@Override
		public Optional<ApiCall> apply(ObjectNode document, ApiCall call, RandomGenerator random) {
			List<String> values = new ArrayList<>();
			for (ApiParameter parameter : CallFault.operation(call).parameters()) {
				if (parameter.isIn("query")) {
					beyond(parameter.schema()).forEach((value) -> values.add(parameter.name() + "=" + value));
				}
			}
			return CallFault.choose(values, random)
				.map((value) -> call.withQuery(value)
					.withKind(name() + " " + value, Expected.invalidParameter(value.substring(0, value.indexOf('=')))));
		}
	},

	REPEATED_PARAMETER {
		@Override
		public Optional<ApiCall> apply(ObjectNode document, ApiCall call, RandomGenerator random) {
			return CallFault.choose(call.query(), random).map((repeated) -> {
				List<String> more = new ArrayList<>(call.query());
				more.add(repeated);
				return call.withQuery(more)
					.withKind(name(), Expected.invalidParameter(repeated.substring(0, repeated.indexOf('='))));
			});
		}
	},

	INVALID_PAGE {
		@Override
		public Optional<ApiCall> apply(ObjectNode document, ApiCall call, RandomGenerator random) {
			return Optional.of(call.withQuery("page=made-up").withKind(name(), Expected.invalidParameter("page")))
				.filter((_) -> CallFault.operation(call).takesQuery("page"));
		}
	},

	INVALID_CURSOR {
		@Override
		public Optional<ApiCall> apply(ObjectNode document, ApiCall call, RandomGenerator random) {
			List<String> names = List.of("asOf", "seen", "from", "to", "after")
				.stream()
				.filter(CallFault.operation(call)::takesQuery)
				.toList();
			// A stream that is resumed does not look at where it would start otherwise.
			ApiCall begun = call.withoutHeader("Last-Event-ID")
				.withQuery(call.query().stream().filter((each) -> !each.startsWith("lastEventId=")).toList());
			// The list of the past has one order; a second fault would be told, too.
			ApiCall ordered = begun
				.withQuery(begun.query().stream().filter((each) -> !each.startsWith("order=")).toList());
			return CallFault.choose(names, random)
				.map((name) -> ordered.withQuery(name + "=made%20up")
					.withKind(name() + " " + name, Expected.invalidParameter(name)));
		}
	},

	WEAK_IF_MATCH {
		@Override
		public Optional<ApiCall> apply(ObjectNode document, ApiCall call, RandomGenerator random) {
			return ifMatch(call, "W/\"1\"");
		}
	},

	MALFORMED_IF_MATCH {
		@Override
		public Optional<ApiCall> apply(ObjectNode document, ApiCall call, RandomGenerator random) {
			return ifMatch(call, "\"1");
		}
	},

	INVALID_IDEMPOTENCY_KEY {
		@Override
		public Optional<ApiCall> apply(ObjectNode document, ApiCall call, RandomGenerator random) {
			return Optional
				.of(call.withHeader("Idempotency-Key", random.nextBoolean() ? "x".repeat(201) : "two words")
					.withKind(name(), Expected.refused(400, 422)))
				.filter((_) -> CallFault.operation(call).takesHeader("Idempotency-Key"));
		}
	},

	UNACCEPTABLE {
		@Override
		public Optional<ApiCall> apply(ObjectNode document, ApiCall call, RandomGenerator random) {
			return Optional.of(call.withHeader("Accept", "image/png").withKind(name(), Expected.refused(406)))
				.filter((_) -> CallFault.operation(call).declares(200)
						&& !CallFault.operation(call).method().equals("DELETE"));
		}
	},

	NO_TOKEN {
		@Override
		public Optional<ApiCall> apply(ObjectNode document, ApiCall call, RandomGenerator random) {
			return Optional.of(call.withoutHeader("Authorization").withKind(name(), Expected.refused(401)))
				.filter((_) -> !CallFault.operation(call).isPublic()
						&& !CallFault.operation(call).id().equals("createToken"));
		}
	},

	WRONG_METHOD {
		@Override
		public Optional<ApiCall> apply(ObjectNode document, ApiCall call, RandomGenerator random) {
			return CallFault.choose(List.of("PATCH", "DELETE", "PUT", "POST", "TRACE", "PROPFIND", "BREW"), random)
				.filter((method) -> !ApiCalls.METHODS.get(CallFault.operation(call).path()).contains(method))
				// What belongs to others is refused first.
				.map((method) -> call.withMethod(method).withKind(name(), Expected.refused(403, 405)));
		}
	},

	WRONG_CONTENT_TYPE {
		@Override
		public Optional<ApiCall> apply(ObjectNode document, ApiCall call, RandomGenerator random) {
			return content(call)
				.map((one) -> one.withHeader("Content-Type", "text/csv").withKind(name(), Expected.refused(415)));
		}
	},

	COMPRESSED_CONTENT {
		@Override
		public Optional<ApiCall> apply(ObjectNode document, ApiCall call, RandomGenerator random) {
			return content(call).map((one) -> one.withContent(gzip(one.content()))
				.withHeader("Content-Encoding", "gzip")
				.withKind(name(), Expected.refused(415)));
		}
	},

	TOO_LARGE {
		@Override
		public Optional<ApiCall> apply(ObjectNode document, ApiCall call, RandomGenerator random) {
			return CallFault.json(call).map((one) -> {
				byte[] bytes = new byte[(1 << 20) + 1];
				Arrays.fill(bytes, (byte) ' ');
				System.arraycopy(one.content(), 0, bytes, 0, one.content().length);
				return one.withContent(bytes).withKind(name(), Expected.refused(413));
			}).filter((_) -> random.nextInt(10) == 0);
		}
	};

	private static List<String> beyond(JsonNode schema) {
		if (schema.path("type").asString("").equals("integer")) {
			return List.of("0", "201", "-1", "x", "1.5", "", "99999999999999999999");
		}
		if (schema.has("enum") || schema.has("pattern")) {
			return List.of("no_such_value", "%00", "");
		}
		return schema.has("maxLength") ? List.of("", "x".repeat(schema.get("maxLength").asInt() + 1)) : List.of();
	}

	Optional<ApiCall> ifMatch(ApiCall call, String value) {
		return Optional.of(call.withHeader("If-Match", value).withKind(name(), Expected.refused(400)))
			// A removal that is in effect checks nothing.
			.filter((_) -> CallFault.operation(call).takesHeader("If-Match")
					&& !CallFault.operation(call).id().equals("removeReading"));
	}

	private static Optional<ApiCall> content(ApiCall call) {
		return Optional.of(call).filter((one) -> one.content().length > 0);
	}

	private static byte[] gzip(byte[] content) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
			gzip.write(content);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

}
