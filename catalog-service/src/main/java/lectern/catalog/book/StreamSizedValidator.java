package lectern.catalog.book;

import java.util.Comparator;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import lectern.streaming.sse.SseFrame;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Measures the JSON of a document as the change stream sends it. */
public class StreamSizedValidator implements ConstraintValidator<StreamSized, Record> {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
		.build();

	@Override
	public boolean isValid(@Nullable Record document, ConstraintValidatorContext context) {
		int size = size(document);
		if (size <= StreamSized.MAX_BYTES) {
			return true;
		}
		context.disableDefaultConstraintViolation();
		context
			.buildConstraintViolationWithTemplate("makes the document %d bytes of JSON; at most %d are allowed"
				.formatted(size, StreamSized.MAX_BYTES))
			.addPropertyNode(largestMember(MAPPER.valueToTree(document)))
			.addConstraintViolation();
		return false;
	}

	private static String largestMember(JsonNode document) {
		return document.properties()
			.stream()
			.max(Comparator.comparingInt((member) -> size(member.getValue())))
			.map(Map.Entry::getKey)
			.orElseThrow();
	}

	/** Text that is not valid Unicode is reported by the constraints of its member. */
	private static int size(@Nullable Object value) {
		try {
			return SseFrame.dataSize(MAPPER.writeValueAsBytes(value));
		}
		catch (JacksonException _) {
			return 0;
		}
	}

}
