package lectern.gateway.upstream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

import static org.assertj.core.api.Assertions.assertThat;

@NullUnmarked
class RepeatableContentTests {

	private final TestPublisher<String> client = TestPublisher.create();

	@Test
	void attemptThatEndsEarlyIsRepeatedWithAllContent() {
		RepeatableContent<String> content = content(2, true);
		content.forAttempt().subscribe().dispose();
		assertThat(content.isRepeatable()).isTrue();
		this.client.next("a");
		CompletableFuture<List<String>> attempt = content.forAttempt().collectList().toFuture();
		assertThat(content.isIncomplete()).isTrue();
		this.client.next("b").complete();
		assertThat(attempt).succeedsWithin(Duration.ofSeconds(10)).isEqualTo(List.of("ab"));
		StepVerifier.create(content.forAttempt()).expectNext("ab").expectComplete().verify(Duration.ofSeconds(10));
	}

	@Test
	void contentIsPassedOnAsItComesIfRequestIsNotSafe() {
		RepeatableContent<String> content = content(2, false);
		assertThat(content.isRepeatable()).isTrue();
		StepVerifier.create(content.forAttempt())
			.then(() -> this.client.next("a"))
			.expectNext("a")
			.then(() -> assertThat(content.isRepeatable()).isFalse())
			.then(() -> this.client.next("b").complete())
			.expectNext("b")
			.expectComplete()
			.verify(Duration.ofSeconds(10));
	}

	@Test
	void largeContentIsNotKept() {
		RepeatableContent<String> content = content(1 << 20, true);
		content.forAttempt().subscribe();
		assertThat(content.isRepeatable()).isFalse();
	}

	@Test
	void emptyContentStaysEmpty() {
		RepeatableContent<String> content = content(0, true);
		StepVerifier.create(content.forAttempt())
			.then(this.client::complete)
			.expectComplete()
			.verify(Duration.ofSeconds(10));
	}

	private RepeatableContent<String> content(long length, boolean safe) {
		return new RepeatableContent<>(Flux.from(this.client), length, safe,
				(text) -> text.getBytes(StandardCharsets.UTF_8), (bytes) -> new String(bytes, StandardCharsets.UTF_8),
				() -> {
				});
	}

}
