package lectern.streaming.server;

import java.time.Duration;
import java.util.Map;

import lectern.web.setting.StartRefusedException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StreamSettingsTests {

	@Test
	void streamsAreEndedBeforeTheServiceIs() {
		StreamSettings settings = new StreamSettings(1, 1, 1, Map.of(), Duration.ofMinutes(1), Duration.ofSeconds(5));
		assertThatExceptionOfType(StartRefusedException.class)
			.isThrownBy(() -> settings.requireDrainWithin(Duration.ofSeconds(5)))
			.withMessageContaining("lectern.streams.drain-timeout")
			.withMessageContaining("which is 5s");
		assertThatCode(() -> settings.requireDrainWithin(Duration.ofSeconds(6))).doesNotThrowAnyException();
	}

}
