package lectern.local;

import java.util.List;
import java.util.Map;

/**
 * A line of shell that is supervised.
 *
 * @param name its name
 * @param line what the shell runs
 * @param serves what it says when asked whether it is ready
 */
record SmallProgram(String name, String line, boolean serves) implements Program {

	@Override
	public List<String> command() {
		return List.of("/bin/sh", "-c", this.line);
	}

	@Override
	public Map<String, String> environment() {
		return Map.of("PATH", "/usr/bin:/bin");
	}

	@Override
	public boolean ready(ProcessHandle process) {
		return this.serves;
	}

}
