package lectern.launcher.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Readers who read one book at the same time. Public activity shows nothing of a book
 * that fewer than five readers read.
 */
enum ReadingClub {

	NOVELS(List.of("pride-and-prejudice", "frankenstein-or-the-modern-prometheus", "the-adventures-of-sherlock-holmes",
			"dracula")),

	SYSTEMS(List.of("operating-systems-three-easy-pieces", "pro-git", "the-rust-programming-language",
			"the-linux-command-line"));

	private static final Duration TIME_FOR_A_BOOK = Duration.ofMinutes(20);

	private final List<String> books;

	ReadingClub(List<String> books) {
		this.books = books;
	}

	List<String> books() {
		return this.books;
	}

	/** Return the book that all members read at this time. */
	String bookAt(Instant time) {
		long turn = time.getEpochSecond() / TIME_FOR_A_BOOK.toSeconds();
		return this.books.get((int) (turn % this.books.size()));
	}

}
