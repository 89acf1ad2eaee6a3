package lectern.catalog.importing;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The state and the counts of one import. Each item of the body is added, changed,
 * unchanged, merged into an existing book, or refused.
 *
 * @param language of the books, a BCP 47 tag; absent if unknown
 * @param source the name that the client gave the body; absent if none
 * @param endedAt absent while the import runs
 * @param through the number of the last line that is counted
 * @param read the number of items, the sum of the five counts after it
 * @param changed replaced documents of NDJSON; a Markdown list only merges
 * @param refusals the first 1,000 refused lines; absent in the list of imports
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

		/** Ended before the end of the body; the lines written so far are kept. */
		@JsonProperty("failed")
		FAILED

	}

}
