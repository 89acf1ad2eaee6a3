package lectern.acceptance.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A fault of a JSON content. */
enum ContentFault implements CallFault {

	TRUNCATED_JSON {
		@Override
		public Optional<ApiCall> apply(ObjectNode document, ApiCall call, RandomGenerator random) {
			return CallFault.json(call)
				.map((one) -> one.withContent(Arrays.copyOf(one.content(), random.nextInt(one.content().length)))
					.withKind(name(), Expected.refused(400, 422)))
				// An empty content is an empty command.
				.filter((one) -> one.content().length > 0);
		}
	},

	INVALID_UTF_8 {
		@Override
		public Optional<ApiCall> apply(ObjectNode document, ApiCall call, RandomGenerator random) {
			return CallFault.json(call).filter((one) -> !one.json().orElseThrow().isEmpty()).map((one) -> {
				byte[] bytes = ("{\"title\":\"?\"," + new String(one.content(), StandardCharsets.UTF_8).substring(1))
					.getBytes(StandardCharsets.UTF_8);
				bytes[10] = (byte) 0xff;
				return one.withContent(bytes).withKind(name(), Expected.refused(400, 422));
			});
		}
	},

	DUPLICATE_MEMBER {
		@Override
		public Optional<ApiCall> apply(ObjectNode document, ApiCall call, RandomGenerator random) {
			return CallFault.json(call).filter((one) -> !one.json().orElseThrow().isEmpty()).map((one) -> {
				String text = new String(one.content(), StandardCharsets.UTF_8);
				return one
					.withContent((text.substring(0, text.length() - 1) + "," + text.substring(1))
						.getBytes(StandardCharsets.UTF_8))
					.withKind(name(), Expected.refused(400, 422));
			});
		}
	},

	WRONG_TYPE {
		@Override
		public Optional<ApiCall> apply(ObjectNode document, ApiCall call, RandomGenerator random) {
			return replace(document, call, random, ContentPlace::isTyped, (place) -> Optional.of(place.ofWrongType()));
		}
	},

	MEMBER_OUT_OF_RANGE {
		@Override
		public Optional<ApiCall> apply(ObjectNode document, ApiCall call, RandomGenerator random) {
			return replace(document, call, random, (place) -> place.outOfRange().isPresent(), ContentPlace::outOfRange);
		}
	},

	MISSING_MEMBER {
		@Override
		public Optional<ApiCall> apply(ObjectNode document, ApiCall call, RandomGenerator random) {
			List<String> missing = places(document, call).stream()
				.flatMap((place) -> place.requiredMembers().stream().map((name) -> place.pointer() + "/" + name))
				.toList();
			return CallFault.choose(missing, random).map((pointer) -> {
				JsonNode content = call.json().orElseThrow().deepCopy();
				((ObjectNode) content.at(parent(pointer))).remove(last(pointer));
				return call.withJson(content).withKind(name() + " " + pointer, Expected.invalidMember(pointer));
			});
		}
	},

	UNKNOWN_MEMBER {
		@Override
		public Optional<ApiCall> apply(ObjectNode document, ApiCall call, RandomGenerator random) {
			List<String> objects = places(document, call).stream()
				.filter((place) -> place.value().isObject() && place.schema().has("properties"))
				.map(ContentPlace::pointer)
				.toList();
			return CallFault.choose(objects, random).map((pointer) -> {
				JsonNode content = call.json().orElseThrow().deepCopy();
				((ObjectNode) content.at(pointer)).put("colour", "red");
				return call.withJson(content)
					.withKind(name() + " " + pointer + "/colour", Expected.invalidMember(pointer + "/colour"));
			});
		}
	};

	private static List<ContentPlace> places(ObjectNode document, ApiCall call) {
		return call.json()
			.map((json) -> ContentPlace.all(document,
					CallFault.operation(call).contents().get(call.headers().get("Content-Type")), json))
			.orElse(List.of());
	}

	Optional<ApiCall> replace(ObjectNode document, ApiCall call, RandomGenerator random, Predicate<ContentPlace> filter,
			Function<ContentPlace, Optional<JsonNode>> replacement) {
		List<ContentPlace> candidates = places(document, call).stream()
			.filter((place) -> !place.pointer().isEmpty())
			.filter(filter)
			.toList();
		return CallFault.choose(candidates, random).map((place) -> {
			JsonNode content = call.json().orElseThrow().deepCopy();
			JsonNode parent = content.at(parent(place.pointer()));
			JsonNode value = replacement.apply(place).orElse(JsonNodeFactory.instance.nullNode());
			if (parent instanceof ArrayNode array) {
				array.set(Integer.parseInt(last(place.pointer())), value);
			}
			else {
				((ObjectNode) parent).set(last(place.pointer()), value);
			}
			return call.withJson(content)
				.withKind(name() + " " + place.pointer(), Expected.invalidMember(place.pointer()));
		});
	}

	private static String parent(String pointer) {
		return pointer.substring(0, pointer.lastIndexOf('/'));
	}

	private static String last(String pointer) {
		return pointer.substring(pointer.lastIndexOf('/') + 1);
	}

}
