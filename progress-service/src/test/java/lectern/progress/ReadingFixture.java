package lectern.progress;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A reader, new for each test, who has started to read the book {@code a-book}. */
public abstract class ReadingFixture {

	protected static final TestProgress PROGRESS = TestProgress.shared();

	protected final TestReader reader = PROGRESS.newReader();

	protected TestReading reading;

	@BeforeAll
	static void addBook() {
		PROGRESS.addBook("a-book", "A Book", "Somebody");
	}

	@BeforeEach
	void startReading() {
		this.reading = this.reader.start("a-book");
	}

}
