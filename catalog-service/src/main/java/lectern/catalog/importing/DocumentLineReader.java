package lectern.catalog.importing;

import java.util.function.Function;

import lectern.catalog.book.BookContent;
import lectern.catalog.book.CatalogId;
import lectern.catalog.book.SerializedBook;
import lectern.catalog.importing.list.TextSanitizer;
import lectern.catalog.learningpath.PathContent;
import lectern.web.JsonDocumentReader;
import lectern.web.Problem;
import lectern.web.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * Reads books and paths from NDJSON: a line is a document as a GET shows it, with its
 * type. Each id counts once in a body: a second document under it would undo the first,
 * and the same body sent again would change the catalog again.
 */
final class DocumentLineReader implements LineReader {

	private static final String BYTE_ORDER_MARK = "\uFEFF";

	/** Holds the head of the log for some 100 ms. */
	private static final int BATCH_SIZE = 500;

	private final JsonDocumentReader documents;

	private final DocumentHeaderReader headers;

	private final Function<BookContent, SerializedBook> serialize;

	private final DuplicateIdFilter duplicates = new DuplicateIdFilter();

	DocumentLineReader(JsonDocumentReader documents, DocumentHeaderReader labels,
			Function<BookContent, SerializedBook> prepare) {
		this.documents = documents;
		this.headers = labels;
		this.serialize = prepare;
	}

	@Override
	public @Nullable ImportLine read(RawLine line) {
		String text = line.text();
		if (line.number() == 1 && text.startsWith(BYTE_ORDER_MARK)) {
			text = text.substring(1);
		}
		String shown = TextSanitizer.printable(text, RefusedLine.MAX_TEXT_LENGTH);
		if (line.fault() != null) {
			return new RefusedLine(line.number(), line.fault(), shown);
		}
		if (text.isBlank()) {
			return null;
		}
		try {
			return document(line.number(), text, shown);
		}
		catch (Problem problem) {
			return RefusedLine.of(problem, line.number(), shown);
		}
	}

	private BookDocumentLine book(int number, String text, String shown, String id) {
		BookContent content = this.documents.read(text, BookContent.class);
		return new BookDocumentLine(number, text.length(), shown, id, content, this.serialize.apply(content));
	}

	@Override
	public int batchSize() {
		return BATCH_SIZE;
	}

	private ImportLine document(int number, String text, String shown) {
		DocumentHeader label = this.headers.read(text);
		ImportLine document = switch (label.type()) {
			case BOOK -> book(number, text, shown, label.id());
			case PATH -> new PathDocumentLine(number, text.length(), shown, label.id(),
					this.documents.read(text, PathContent.class));
		};
		if (!CatalogId.isValid(label.id())) {
			throw Problem.invalidMember("/id", CatalogId.MESSAGE);
		}
		if (this.duplicates.isFull()) {
			throw Problem.of(ProblemType.TOO_LARGE,
					"One import may contain at most 2,000,000 documents. Send the rest in another import.");
		}
		if (!this.duplicates.add(label)) {
			throw Problem.invalidMember("/id", "repeats the id of an earlier line; the first line counts");
		}
		return document;
	}

}
