package lectern.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.HttpMethod;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Reads the idempotency keys of requests, and renders responses so that they can be
 * stored.
 */
public final class IdempotencyKeyResolver {

	private final JsonMapper mapper;

	/** Writes equal content as equal text, whatever the order of its members. */
	private final JsonMapper canonical;

	public IdempotencyKeyResolver(JsonMapper mapper) {
		this.mapper = mapper;
		this.canonical = mapper.rebuild()
			.enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
			.disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
			.build();
	}

	/**
	 * Return the idempotency key of a request; null without the header.
	 * @param content the content of the request, read and validated
	 * @throws Problem 400 if the header is not a valid key
	 */
	public @Nullable IdempotencyKey resolve(ServerHttpRequest request, Object content) {
		List<String> values = request.getHeaders().getOrEmpty(IdempotencyKey.HEADER);
		if (values.isEmpty()) {
			return null;
		}
		if (values.size() > 1 || !IdempotencyKey.isValid(values.getFirst())) {
			throw Problem.of(ProblemType.MALFORMED,
					IdempotencyKey.HEADER + " must be sent once and have 1 to 200 visible ASCII characters.");
		}
		return resolve(values.getFirst(), request.getMethod(), request.getPath().value(), content);
	}

	/**
	 * Return the idempotency key of a command that is not a request of its own.
	 * @param key a valid key
	 * @param method the method of the request that has the same effect
	 * @param path the path of that request
	 * @param content the content of that request, read and validated
	 */
	public IdempotencyKey resolve(String key, HttpMethod method, String path, Object content) {
		return new IdempotencyKey(key, commandHash(method, path, content));
	}

	/** Render a response so that it can be stored and sent again. */
	public RenderedResponse render(ResponseEntity<?> entity) {
		return new RenderedResponse(entity.getStatusCode().value(), entity.getHeaders().toSingleValueMap(),
				this.mapper.writeValueAsString(entity.getBody()));
	}

	private String commandHash(HttpMethod method, String path, Object content) {
		String command = method + "\n" + path + "\n" + this.canonical.writeValueAsString(content);
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(command.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JDK has SHA-256", ex);
		}
	}

}
