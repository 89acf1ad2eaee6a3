package lectern.catalog.learningpath;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * A stored learning path.
 *
 * @param id a slug, never changed and never reused
 * @param version 1 for a new path, incremented by each change
 * @param changedAt when this version was written
 */
public record LearningPath(String id, @JsonUnwrapped PathContent content, long version, Instant createdAt,
		Instant changedAt) {

	LearningPath withContent(PathContent newContent, Instant now) {
		return new LearningPath(this.id, newContent, this.version + 1, this.createdAt, now);
	}

}
