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

/** Reads the keys of requests, and puts answers into the form that they are kept in. */
public final class IdempotencyKeyResolver {

	private final JsonMapper mapper;

	/** Writes the same for the same content, however its members were ordered. */
	private final JsonMapper canonical;

	public IdempotencyKeyResolver(JsonMapper mapper) {
		this.mapper = mapper;
		this.canonical = mapper.rebuild()
			.enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
			.disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
			.build();
	}

	/**
	 * The key of a request; null if it brings none.
	 * @param content of the request, read and valid
	 * @throws Problem 400 if what it brings is no key
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

	/** The answer in the form that it is kept in. */
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
