package lectern.catalog.learningpath;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * A way through some books of the catalog.
 *
 * @param id its slug, never changed and never reused
 * @param version 1 for the first
 * @param changedAt when this version was written
 */
public record LearningPath(String id, @JsonUnwrapped PathContent content, long version, Instant createdAt,
		Instant changedAt) {

	LearningPath withContent(PathContent newContent, Instant now) {
		return new LearningPath(this.id, newContent, this.version + 1, this.createdAt, now);
	}

}
