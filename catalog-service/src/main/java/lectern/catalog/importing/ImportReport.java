package lectern.catalog.importing;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The account of one list's reading: every item of it was added, changed, left unchanged,
 * merged with an earlier same book, or refused.
 *
 * @param language of the list, a BCP 47 tag, where it is known
 * @param source what the list was said to be
 * @param endedAt absent while it runs
 * @param through the last line that is accounted for
 * @param read how many items; the sum of the five after it
 * @param changed books of NDJSON that were replaced; Markdown only merges
 * @param refusals the first 1,000; absent in a list of imports
 */
record ImportReport(String id, ImportState state, @Nullable String language, @Nullable String source, Instant startedAt,
		@Nullable Instant endedAt, int through, long read, long added, long changed, long unchanged, long merged,
		long refused, @Nullable List<RefusedLine> refusals) {

	ImportReport withRefusals(List<RefusedLine> lines) {
		return new ImportReport(this.id, this.state, this.language, this.source, this.startedAt, this.endedAt,
				this.through, this.read, this.added, this.changed, this.unchanged, this.merged, this.refused, lines);
	}

	enum ImportState {

		@JsonProperty("running")
		RUNNING,

		@JsonProperty("done")
		DONE,

		/** Ended before its list did; what it had written stays. */
		@JsonProperty("failed")
		FAILED

	}

}
