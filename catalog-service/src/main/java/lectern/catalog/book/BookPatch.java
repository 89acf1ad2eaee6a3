package lectern.catalog.book;

import java.util.function.UnaryOperator;

import jakarta.validation.Validator;
import lectern.web.JsonDocumentReader;
import lectern.web.MergePatch;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.stereotype.Component;

/** Makes of a book and a patch the book that is meant. */
@Component
class BookPatch {

	private final JsonMapper mapper;

	private final JsonDocumentReader documents;

	BookPatch(JsonMapper mapper, Validator validator) {
		this.mapper = mapper;
		this.documents = new JsonDocumentReader(mapper, validator);
	}

	/** Gives valid content, or throws a problem that points at what is not valid. */
	UnaryOperator<BookContent> toUpdate(MergePatch patch) {
		return (content) -> this.documents.read(patch.applyTo(this.mapper.<ObjectNode>valueToTree(content)).toString(),
				BookContent.class);
	}

}
