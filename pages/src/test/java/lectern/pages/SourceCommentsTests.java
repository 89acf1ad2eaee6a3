package lectern.pages;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SourceCommentsTests {

	@Test
	void linesOfCommentsAreRemoved() {
		assertThat(SourceComments.remove("""
				// A module.
				/** One line. */
				const a = 1; // stays
				  /*
				   * Several lines,
				   const b = 2;
				   */
				const address = 'https://a.example/*';
				// The end.
				""")).isEqualTo("""
				const a = 1; // stays
				const address = 'https://a.example/*';
				""");
	}

}
