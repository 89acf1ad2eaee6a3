package lectern.catalog.importing.list;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import lectern.catalog.importing.list.ParsedLine.InvalidItem;
import lectern.catalog.importing.list.ParsedLine.NotAnItem;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RealListsTests {

	/** The count that the data's README gives. */
	private static final Pattern COUNTED = Pattern.compile("^\\s*[*-] \\[.*");

	private static final Pattern INDEX = Pattern.compile("^\\s*[*-] \\[[^\\]]*\\]\\(#.*");

	@Test
	void everyListItemIsParsedOrRefused() throws IOException {
		List<ListCounts> tallies = new ArrayList<>();
		for (Path list : RealLists.files()) {
			tallies.add(count(list));
		}

		assertThat(tallies).hasSize(48);
		assertThat(tallies)
			.allSatisfy((tally) -> assertThat(tally.items() + tally.refused()).isEqualTo(tally.counted()));
		ListCounts sum = ListCounts.sum(tallies);
		assertThat(sum.items() + sum.refused() + sum.index()).isEqualTo(5896);
		assertThat(sum.refused() + sum.unlinked()).isLessThan(10);
	}

	private static ListCounts count(Path list) throws IOException {
		ListParser parser = new ListParser();
		ListCounts tally = new ListCounts(list.getFileName().toString());
		int number = 0;
		for (String line : Files.readAllLines(list)) {
			number++;
			ParsedLine parsed = parser.parse(line, number);
			boolean counted = COUNTED.matcher(line).matches();
			tally = tally.with(parsed, counted, INDEX.matcher(line).matches());
			assertThat(parsed).as("%s:%d %s", list, number, line).satisfies((any) -> {
				if (any instanceof ListItem) {
					assertThat(counted).isTrue();
				}
			});
		}
		return tally;
	}

	/**
	 * @param counted lines that the README's count finds, without the index
	 * @param refused of those
	 * @param unlinked refused lines that the README's count does not find
	 */
	private record ListCounts(String list, int counted, int index, int items, int refused, int unlinked) {

		ListCounts(String list) {
			this(list, 0, 0, 0, 0, 0);
		}

		ListCounts with(ParsedLine parsed, boolean found, boolean indexed) {
			int item = (parsed instanceof ListItem) ? 1 : 0;
			int refused = (parsed instanceof InvalidItem && found) ? 1 : 0;
			int unlinked = (parsed instanceof InvalidItem && !found) ? 1 : 0;
			assertThat(indexed).as("index links name no book").isEqualTo(parsed instanceof NotAnItem && found);
			return new ListCounts(this.list, this.counted + ((found && !indexed) ? 1 : 0),
					this.index + (indexed ? 1 : 0), this.items + item, this.refused + refused,
					this.unlinked + unlinked);
		}

		static ListCounts sum(List<ListCounts> tallies) {
			return new ListCounts("all", tallies.stream().mapToInt(ListCounts::counted).sum(),
					tallies.stream().mapToInt(ListCounts::index).sum(),
					tallies.stream().mapToInt(ListCounts::items).sum(),
					tallies.stream().mapToInt(ListCounts::refused).sum(),
					tallies.stream().mapToInt(ListCounts::unlinked).sum());
		}

	}

}
