package lectern.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What an AOT cache fits: one build of Java, one set of options of the JVM and one class
 * path, with the size and time of each file. It is what the JVM checks, too; it would
 * refuse the cache, but not say so to the user.
 *
 * @param value hexadecimal digits
 */
record AotCacheKey(String value) {

	static final String PATTERN = "[0-9a-f]{16}";

	private static final int LENGTH = 16;

	/**
	 * Return the key of a service that is run by the Java of this process.
	 * @param jvmOptions the options; system properties, and what is logged, do not count
	 * @param classPath the files, in order
	 */
	static AotCacheKey of(List<String> jvmOptions, List<Path> classPath) throws IOException {
		List<String> lines = new ArrayList<>();
		for (String property : List.of("java.vm.vendor", "java.vm.version", "os.name", "os.arch")) {
			lines.add(System.getProperty(property));
		}
		lines.add(describe(Path.of(System.getProperty("java.home"), "lib", "modules")));
		jvmOptions.stream().filter(AotCacheKey::counts).forEach(lines::add);
		for (Path file : classPath) {
			lines.add(describe(file));
		}
		return new AotCacheKey(hash(String.join("\n", lines)));
	}

	private static boolean counts(String jvmOption) {
		return !jvmOption.startsWith("-D") && !jvmOption.startsWith("-Xlog");
	}

	/** Whole seconds, because archives and images keep no more. */
	private static String describe(Path file) throws IOException {
		return file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file).to(TimeUnit.SECONDS);
	}

	private static String hash(String text) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(hash).substring(0, LENGTH);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
