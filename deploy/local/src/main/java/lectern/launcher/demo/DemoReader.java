package lectern.launcher.demo;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.SequencedSet;

/**
 * A simulated reader.
 *
 * @param name the unchanging part of the handle
 * @param displayName a name that is clearly invented
 * @param path the id of the learning path that the reader follows
 * @param club the books that the reader reads together with others
 */
record DemoReader(String name, String displayName, ReadingHabit habit, DemoDevice device, String path,
		ReadingClub club) {

	/**
	 * Return the books that the reader reads alone, in order: first those of the path,
	 * then all others. The order is the same at each start.
	 */
	List<String> playlist(DemoCatalog catalog) {
		List<String> others = new ArrayList<>(catalog.bookIds());
		Collections.shuffle(others, random());
		SequencedSet<String> books = new LinkedHashSet<>(catalog.booksOfPath(this.path));
		books.addAll(others);
		books.removeAll(this.club.books());
		return List.copyOf(books);
	}

	/** Return the source of chance of this reader, the same at each start. */
	Random random() {
		return new Random(this.name.hashCode());
	}

}
