package lectern.catalog.importing.markdown;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import lectern.catalog.importing.markdown.ParsedLine.Nothing;
import lectern.catalog.importing.markdown.ParsedLine.Refused;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RealListsTests {

	/** The count that the data's README gives. */
	private static final Pattern COUNTED = Pattern.compile("^\\s*[*-] \\[.*");

	private static final Pattern INDEX = Pattern.compile("^\\s*[*-] \\[[^\\]]*\\]\\(#.*");

	@Test
	void everyItemOfEveryListIsABookOrRefused() throws IOException {
		List<Tally> tallies = new ArrayList<>();
		for (Path list : RealLists.files()) {
			tallies.add(tally(list));
		}

		assertThat(tallies).hasSize(48);
		assertThat(tallies)
			.allSatisfy((tally) -> assertThat(tally.items() + tally.refused()).isEqualTo(tally.counted()));
		Tally sum = Tally.sum(tallies);
		assertThat(sum.items() + sum.refused() + sum.index()).isEqualTo(5896);
		assertThat(sum.refused() + sum.unlinked()).isLessThan(10);
	}

	private static Tally tally(Path list) throws IOException {
		ListParser parser = new ListParser();
		Tally tally = new Tally(list.getFileName().toString());
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
	private record Tally(String list, int counted, int index, int items, int refused, int unlinked) {

		Tally(String list) {
			this(list, 0, 0, 0, 0, 0);
		}

		Tally with(ParsedLine parsed, boolean found, boolean indexed) {
			int item = (parsed instanceof ListItem) ? 1 : 0;
			int refused = (parsed instanceof Refused && found) ? 1 : 0;
			int unlinked = (parsed instanceof Refused && !found) ? 1 : 0;
			assertThat(indexed).as("index links name no book").isEqualTo(parsed instanceof Nothing && found);
			return new Tally(this.list, this.counted + ((found && !indexed) ? 1 : 0), this.index + (indexed ? 1 : 0),
					this.items + item, this.refused + refused, this.unlinked + unlinked);
		}

		static Tally sum(List<Tally> tallies) {
			return new Tally("all", tallies.stream().mapToInt(Tally::counted).sum(),
					tallies.stream().mapToInt(Tally::index).sum(), tallies.stream().mapToInt(Tally::items).sum(),
					tallies.stream().mapToInt(Tally::refused).sum(), tallies.stream().mapToInt(Tally::unlinked).sum());
		}

	}

}
