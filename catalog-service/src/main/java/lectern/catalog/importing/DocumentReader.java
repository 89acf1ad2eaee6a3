package lectern.catalog.importing;

import java.util.function.Function;

import lectern.catalog.book.BookContent;
import lectern.catalog.book.BookId;
import lectern.catalog.book.Prepared;
import lectern.catalog.importing.markdown.PlainText;
import lectern.catalog.path.PathContent;
import lectern.web.Problem;
import lectern.web.ProblemType;
import lectern.web.StrictContent;
import org.jspecify.annotations.Nullable;

/**
 * Reads books and paths from NDJSON: a line is a document as a GET shows it, with its
 * type. Each id counts once in a body: a second document under it would undo the first,
 * and the same body sent again would change the catalog again.
 */
final class DocumentReader implements LineReader {

	private static final String BYTE_ORDER_MARK = "\uFEFF";

	/** Holds the head of the log for some 100 ms. */
	private static final int BATCH = 500;

	private final StrictContent documents;

	private final LabelReader labels;

	private final Function<BookContent, Prepared> prepare;

	private final SeenIds seen = new SeenIds();

	DocumentReader(StrictContent documents, LabelReader labels, Function<BookContent, Prepared> prepare) {
		this.documents = documents;
		this.labels = labels;
		this.prepare = prepare;
	}

	@Override
	public @Nullable CountedLine read(Line line) {
		String text = line.text();
		if (line.number() == 1 && text.startsWith(BYTE_ORDER_MARK)) {
			text = text.substring(1);
		}
		String shown = PlainText.printable(text, Refusal.SHOWN);
		if (line.fault() != null) {
			return new Refusal(line.number(), line.fault(), shown);
		}
		if (text.isBlank()) {
			return null;
		}
		try {
			return document(line.number(), text, shown);
		}
		catch (Problem problem) {
			return Refusal.of(problem, line.number(), shown);
		}
	}

	private BookDocument book(int number, String text, String shown, String id) {
		BookContent content = this.documents.read(text, BookContent.class);
		return new BookDocument(number, text.length(), shown, id, content, this.prepare.apply(content));
	}

	@Override
	public int batch() {
		return BATCH;
	}

	private CountedLine document(int number, String text, String shown) {
		Label label = this.labels.read(text);
		CountedLine document = switch (label.type()) {
			case BOOK -> book(number, text, shown, label.id());
			case PATH -> new PathDocument(number, text.length(), shown, label.id(),
					this.documents.read(text, PathContent.class));
		};
		if (!BookId.isValid(label.id())) {
			throw Problem.member("/id", BookId.MESSAGE);
		}
		if (this.seen.isFull()) {
			throw Problem.of(ProblemType.TOO_LARGE, "One body may have 2,000,000 documents; send the rest as another.");
		}
		if (!this.seen.add(label)) {
			throw Problem.member("/id", "is that of an earlier line; the first one counts");
		}
		return document;
	}

}
