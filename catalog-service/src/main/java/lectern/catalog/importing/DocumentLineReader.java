package lectern.catalog.importing;

import lectern.catalog.book.BookContent;
import lectern.catalog.book.BookDeduplication;
import lectern.catalog.book.CatalogId;
import lectern.catalog.importing.booklist.TextSanitizer;
import lectern.catalog.learningpath.PathContent;
import lectern.web.JsonDocumentReader;
import lectern.web.Problem;
import lectern.web.ProblemType;
import lectern.web.RawLine;
import org.jspecify.annotations.Nullable;

/**
 * Reads books and paths from NDJSON. A line is a document as a GET returns it, with its
 * type. A second document with the same id is refused: it would overwrite the first one,
 * and each repetition of the import would then change the catalog twice.
 */
final class DocumentLineReader implements LineReader {

	private static final String BYTE_ORDER_MARK = "\uFEFF";

	/** A batch of this size locks the head of the log for about 100 ms. */
	private static final int BATCH_SIZE = 500;

	private final JsonDocumentReader documents;

	private final DocumentHeaderReader headers;

	private final DuplicateIdFilter duplicates = new DuplicateIdFilter();

	DocumentLineReader(JsonDocumentReader documents, DocumentHeaderReader headers) {
		this.documents = documents;
		this.headers = headers;
	}

	@Override
	public @Nullable ImportLine read(RawLine line) {
		String text = line.text();
		if (line.number() == 1 && text.startsWith(BYTE_ORDER_MARK)) {
			text = text.substring(1);
		}
		String printable = TextSanitizer.printable(text, RefusedLine.MAX_TEXT_LENGTH);
		if (line.fault() != null) {
			return new RefusedLine(line.number(), line.fault(), printable);
		}
		if (text.isBlank()) {
			return null;
		}
		try {
			return document(line.number(), text, printable);
		}
		catch (Problem problem) {
			return RefusedLine.of(problem, line.number(), printable);
		}
	}

	private BookDocumentLine book(int number, String text, String printable, String id) {
		BookContent content = this.documents.read(text, BookContent.class);
		return new BookDocumentLine(number, text.length(), printable, id, content,
				BookDeduplication.fingerprints(content));
	}

	@Override
	public int batchSize() {
		return BATCH_SIZE;
	}

	private ImportLine document(int number, String text, String printable) {
		DocumentHeader header = this.headers.read(text);
		ImportLine document = switch (header.kind()) {
			case BOOK -> book(number, text, printable, header.id());
			case PATH -> new PathDocumentLine(number, text.length(), printable, header.id(),
					this.documents.read(text, PathContent.class));
		};
		if (!CatalogId.isValid(header.id())) {
			throw Problem.invalidMember("/id", CatalogId.MESSAGE);
		}
		if (this.duplicates.isFull()) {
			throw Problem.of(ProblemType.TOO_LARGE,
					"One import may contain at most 2,000,000 documents. Send the rest in another import.");
		}
		if (!this.duplicates.add(header)) {
			throw Problem.invalidMember("/id", "repeats the id of an earlier line; the first line counts");
		}
		return document;
	}

}
