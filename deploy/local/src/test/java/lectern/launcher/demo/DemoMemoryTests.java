package lectern.launcher.demo;

import java.io.Closeable;
import java.time.Instant;
import java.util.Set;

import lectern.launcher.demo.DemoState.DemoAccount;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DemoMemoryTests {

	private final InMemoryStore store = new InMemoryStore();

	@Test
	void stateIsReadBackAtTheNextStart() {
		DemoMemory memory = DemoMemory.open(this.store);
		assertThat(memory.state().holdsNothing()).isTrue();
		memory.update((state) -> state.withAdopted(Set.of("emma")));
		memory.update(DemoState::withImported);
		memory.update((state) -> state.with("demo-visitor", new DemoAccount("a password", null, false)));

		assertThat(DemoMemory.open(this.store).state()).isEqualTo(memory.state());
		assertThat(memory.state().holdsNothing()).isFalse();
		assertThat(memory.state().hasBrought("emma")).isFalse();
		assertThat(memory.state().hasBrought("persuasion")).isTrue();
	}

	@Test
	void forgottenDemoUsesOtherIdsTheNextTime() {
		DemoState state = DemoState.first(Instant.EPOCH).withAdopted(Set.of("emma"));
		assertThat(state.idInCatalog("emma")).isEqualTo("emma");
		assertThat(state.handle("visitor")).isEqualTo("demo-visitor");

		DemoState next = state.forgotten(Instant.EPOCH).withAdopted(Set.of("emma"));
		assertThat(next.idInCatalog("emma")).isEqualTo("emma");
		assertThat(next.idInCatalog("persuasion")).isEqualTo("persuasion-2");
		assertThat(next.handle("visitor")).isEqualTo("demo-visitor-2");
	}

	/** Keeps the state of the demo in memory. */
	private static final class InMemoryStore implements DemoStore {

		private @Nullable String text;

		private boolean stopRequested;

		@Override
		public @Nullable String read() {
			return this.text;
		}

		@Override
		public void write(String newText) {
			this.text = newText;
		}

		@Override
		public Closeable tryLock() {
			return () -> {
			};
		}

		@Override
		public void requestStop() {
			this.stopRequested = true;
		}

		@Override
		public boolean isStopRequested() {
			return this.stopRequested;
		}

		@Override
		public void withdrawStopRequest() {
			this.stopRequested = false;
		}

	}

}
