package lectern.web;

import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.ResolvableType;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.codec.json.JacksonJsonDecoder;
import org.springframework.util.MimeType;

/**
 * Reads the content of requests like Spring's decoder, and tells all violations of a
 * document that cannot be bound, not only the first.
 */
final class DocumentDecoder extends JacksonJsonDecoder {

	private final JsonMapper mapper;

	private final DocumentViolations violations;

	DocumentDecoder(JsonMapper mapper, DocumentViolations violations) {
		super(mapper);
		this.mapper = mapper;
		this.violations = violations;
	}

	/**
	 * {@inheritDoc}
	 * @throws Problem 422 with each violation, if there are any of members
	 */
	@Override
	public Object decode(DataBuffer buffer, ResolvableType type, @Nullable MimeType mimeType,
			@Nullable Map<String, Object> hints) {
		int start = buffer.readPosition();
		DataBufferUtils.retain(buffer);
		try {
			return super.decode(buffer, type, mimeType, hints);
		}
		catch (DecodingException ex) {
			buffer.readPosition(start);
			byte[] content = new byte[buffer.readableByteCount()];
			buffer.read(content);
			Problem found = this.violations.find(content, this.mapper.constructType(type.getType()));
			throw (found != null) ? found : ex;
		}
		finally {
			DataBufferUtils.release(buffer);
		}
	}

}
