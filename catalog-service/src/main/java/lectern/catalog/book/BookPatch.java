package lectern.catalog.book;

import java.util.function.UnaryOperator;

import jakarta.validation.Validator;
import lectern.web.JsonDocumentReader;
import lectern.web.MergePatch;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.stereotype.Component;

/** Applies merge patches to books. */
@Component
class BookPatch {

	private final JsonMapper mapper;

	private final JsonDocumentReader documents;

	BookPatch(JsonMapper mapper, Validator validator) {
		this.mapper = mapper;
		this.documents = new JsonDocumentReader(mapper, validator);
	}

	/**
	 * The update that a patch describes: it returns valid content, or throws a problem
	 * with a pointer to each invalid member.
	 */
	UnaryOperator<BookContent> toUpdate(MergePatch patch) {
		return (content) -> this.documents.read(patch.applyTo(this.mapper.<ObjectNode>valueToTree(content)).toString(),
				BookContent.class);
	}

}
