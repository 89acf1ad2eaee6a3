package lectern.catalog.importing.booklist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import lectern.catalog.importing.booklist.ParsedLine.InvalidItem;
import lectern.catalog.importing.booklist.ParsedLine.NotAnItem;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RealListsTests {

	/** The pattern with which the README of the data counts the items. */
	private static final Pattern COUNTED = Pattern.compile("^\\s*[*-] \\[.*");

	private static final Pattern INDEX = Pattern.compile("^\\s*[*-] \\[[^\\]]*\\]\\(#.*");

	@Test
	void everyListItemIsParsedOrRefused() throws IOException {
		List<ListCounts> lists = new ArrayList<>();
		for (Path list : RealLists.files()) {
			lists.add(count(list));
		}

		assertThat(lists).hasSize(48);
		assertThat(lists)
			.allSatisfy((counts) -> assertThat(counts.items() + counts.refused()).isEqualTo(counts.counted()));
		ListCounts sum = ListCounts.sum(lists);
		assertThat(sum.items() + sum.refused() + sum.index()).isEqualTo(5896);
		assertThat(sum.refused() + sum.unlinked()).isLessThan(10);
	}

	private static ListCounts count(Path list) throws IOException {
		ListParser parser = new ListParser();
		ListCounts counts = new ListCounts(list.getFileName().toString());
		int number = 0;
		for (String line : Files.readAllLines(list)) {
			number++;
			ParsedLine parsed = parser.parse(line, number);
			boolean counted = COUNTED.matcher(line).matches();
			counts = counts.with(parsed, counted, INDEX.matcher(line).matches());
			if (parsed instanceof ListItem) {
				assertThat(counted).as("%s:%d %s", list, number, line).isTrue();
			}
		}
		return counts;
	}

	/**
	 * The counts of one list.
	 *
	 * @param counted lines that match the pattern, without the links of the index
	 * @param refused refused lines among the counted ones
	 * @param unlinked refused lines that do not match the pattern
	 */
	private record ListCounts(String list, int counted, int index, int items, int refused, int unlinked) {

		ListCounts(String list) {
			this(list, 0, 0, 0, 0, 0);
		}

		ListCounts with(ParsedLine parsed, boolean found, boolean indexed) {
			int item = (parsed instanceof ListItem) ? 1 : 0;
			int refused = (parsed instanceof InvalidItem && found) ? 1 : 0;
			int unlinked = (parsed instanceof InvalidItem && !found) ? 1 : 0;
			assertThat(indexed).as("a link of the index is not an item")
				.isEqualTo(parsed instanceof NotAnItem && found);
			return new ListCounts(this.list, this.counted + ((found && !indexed) ? 1 : 0),
					this.index + (indexed ? 1 : 0), this.items + item, this.refused + refused,
					this.unlinked + unlinked);
		}

		static ListCounts sum(List<ListCounts> lists) {
			return new ListCounts("all", lists.stream().mapToInt(ListCounts::counted).sum(),
					lists.stream().mapToInt(ListCounts::index).sum(), lists.stream().mapToInt(ListCounts::items).sum(),
					lists.stream().mapToInt(ListCounts::refused).sum(),
					lists.stream().mapToInt(ListCounts::unlinked).sum());
		}

	}

}
