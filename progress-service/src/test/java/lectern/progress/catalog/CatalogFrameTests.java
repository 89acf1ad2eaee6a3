package lectern.progress.catalog;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CatalogFrameTests {

	@Test
	void aBlockIsReadByItsFields() {
		assertThat(CatalogFrame.read(List.of("id:abc-1", "data:{}", "")))
			.contains(new CatalogFrame("abc-1", null, "{}"));
		assertThat(CatalogFrame.read(List.of("retry:2000", ":lectern", "id: abc-1", "")))
			.contains(new CatalogFrame("abc-1", null, null));
		assertThat(CatalogFrame.read(List.of("event: reset", "id:abc-1", "data: one", "data:two", "")))
			.contains(new CatalogFrame("abc-1", "reset", "one\ntwo"));
	}

	@Test
	void aBlockThatWasTornOffIsNone() {
		assertThat(CatalogFrame.read(List.of("id:abc-1"))).isEmpty();
		assertThat(CatalogFrame.read(List.of("id:abc-1", "data:{\"type\":"))).isEmpty();
	}

}
