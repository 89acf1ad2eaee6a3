package lectern.web;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

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
		if (values.size() > 1 || !values.getFirst().matches("[!-~]{1,200}")) {
			throw Problem.of(ProblemType.MALFORMED,
					IdempotencyKey.HEADER + " must be sent once and have 1 to 200 visible ASCII characters.");
		}
		return new IdempotencyKey(values.getFirst(), commandHash(request, content));
	}

	/** Render a response so that it can be stored and sent again. */
	public RenderedResponse render(ResponseEntity<?> entity) {
		return new RenderedResponse(entity.getStatusCode().value(), entity.getHeaders().toSingleValueMap(),
				this.mapper.writeValueAsString(entity.getBody()));
	}

	private String commandHash(ServerHttpRequest request, Object content) {
		String command = request.getMethod() + "\n" + request.getPath().value() + "\n"
				+ this.canonical.writeValueAsString(content);
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(command.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JDK has SHA-256", ex);
		}
	}

}
