package lectern.catalog.book;

import java.util.function.UnaryOperator;

import jakarta.validation.Validator;
import lectern.web.MergePatch;
import lectern.web.StrictContent;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.stereotype.Component;

/** Makes of a book and a patch the book that is meant. */
@Component
class BookPatch {

	private final JsonMapper mapper;

	private final StrictContent documents;

	BookPatch(JsonMapper mapper, Validator validator) {
		this.mapper = mapper;
		this.documents = new StrictContent(mapper, validator);
	}

	/** Gives valid content, or throws a problem that points at what is not valid. */
	UnaryOperator<BookContent> of(MergePatch patch) {
		return (content) -> this.documents.read(patch.applyTo(this.mapper.<ObjectNode>valueToTree(content)).toString(),
				BookContent.class);
	}

}
