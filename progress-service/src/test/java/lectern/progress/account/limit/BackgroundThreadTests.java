package lectern.progress.account.limit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

@EnabledOnOs(OS.LINUX)
class BackgroundThreadTests {

	/** The 19th value of the file stat. */
	private static final int NICE = 18;

	@Test
	void onlyTheCallingThreadIsLowered()
			throws ExecutionException, InterruptedException, IOException, TimeoutException {
		int before = niceness();
		FutureTask<Integer> lowered = new FutureTask<>(() -> {
			BackgroundThread.lowerPriority();
			return niceness();
		});
		new Thread(lowered).start();

		assertThat(lowered.get(HANG_LIMIT.toMillis(), TimeUnit.MILLISECONDS)).isEqualTo(Math.max(before, 10));
		assertThat(niceness()).isEqualTo(before);
	}

	/** The name in the second value may contain spaces and is in parentheses. */
	private static int niceness() throws IOException {
		String stat = Files.readString(Path.of("/proc/thread-self/stat"));
		String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
		return Integer.parseInt(afterName[NICE - 2]);
	}

}
