package lectern.progress.command;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random reports: most are valid, and each kind of mistake occurs. */
final class RandomReports {

	private static final List<String> FRACTIONS = List.of("0", "1", "0.0", "0.25", "0.5", "0.500", "5e-1",
			"0.123456789", "1e-400", "0.12345678901234567890123", "-0", "1.5", "-0.1", "\"0.5\"", "null", "true",
			"[0.5]", ".5", "NaN");

	private static final List<String> PAGES = List.of("0", "7", "1000000", "-0", "1000001", "-1", "1.5", "1e2", "\"7\"",
			"null", "99999999999999999999", "007");

	private static final List<String> TEXTS = List.of("\"Five\"", "\"F\u00fcnf \u5341\"", "\"a \\\"b\\\" \\u00e9\"",
			"\"</script>\"", "\"\uD83D\uDCD6\"", "\"" + "x".repeat(150) + "\"", "\"" + "y".repeat(501) + "\"", "\"\"",
			"\"  \"", "\"a\\u0000b\"", "\"a\\nb\"", "\"\\ud800\"", "\"\\u2028\"", "7", "null", "{}", "\"open");

	private static final List<String> INSTANTS = List.of("\"2026-03-01T12:00:00Z\"",
			"\"2026-03-01T12:00:00.123456789Z\"", "\"2026-03-01T13:00:00+01:00\"", "\"9999-12-31T23:59:59Z\"",
			"\"1970-01-01T00:00:00Z\"", "\"1969-12-31T23:59:59Z\"", "\"+1000000000-12-31T23:59:59Z\"",
			"\"2026-03-01T12:00:00\"", "\"yesterday\"", "\"\"", "1700000000", "null");

	private static final List<List<String>> HEADERS = List.of(List.of("Accept: */*"),
			List.of("Accept: application/json"), List.of("Accept: text/html"), List.of("If-Match: *"),
			List.of("If-Match: \"7\""), List.of("If-Match: W/\"2\", \"3\""), List.of("X-Request-Id: 0123456789abcdef"),
			List.of("X-Request-Id: short"), List.of("X-Request-Id:"), List.of("Idempotency-Key: two words"),
			List.of("Content-Type: text/plain"), List.of("Content-Type: application/json;charset=utf-8"),
			List.of("Content-Type: application/merge-patch+json"), List.of("Connection: keep-alive"),
			List.of("User-Agent: e-reader", "Accept-Encoding: gzip", "X-Forwarded-For: 192.0.2.1"),
			List.of("Authorization: Bearer nonsense"), List.of("Authorization: Basic eDp5"));

	private RandomReports() {
	}

	static String content(Random random) {
		List<String> members = new ArrayList<>();
		members.add("\"fraction\":" + pick(FRACTIONS, random));
		maybe("page", PAGES, members, random);
		maybe("chapter", TEXTS, members, random);
		maybe("locator", TEXTS, members, random);
		maybe("occurredAt", INSTANTS, members, random);
		maybe("sentAt", INSTANTS.subList(4, INSTANTS.size()), members, random);
		if (random.nextBoolean()) {
			members.add("\"device\":" + device(random));
		}
		if (random.nextInt(20) == 0) {
			members.add(random.nextBoolean() ? members.getFirst() : "\"unknown\":1");
		}
		Collections.shuffle(members, random);
		String space = random.nextBoolean() ? "" : " ";
		String end = (random.nextInt(20) == 0) ? "}" : "";
		return "{" + space + String.join("," + space, members) + "}" + end;
	}

	private static String device(Random random) {
		List<String> members = new ArrayList<>();
		if (random.nextInt(10) > 0) {
			members.add("\"id\":" + pick(TEXTS, random));
		}
		maybe("name", TEXTS, members, random);
		return "{" + String.join(",", members) + "}";
	}

	/** Return few headers, none of them twice. */
	static List<String> headers(Random random) {
		return (random.nextInt(3) > 0) ? List.of() : HEADERS.get(random.nextInt(HEADERS.size()));
	}

	private static void maybe(String name, List<String> values, List<String> members, Random random) {
		if (random.nextBoolean()) {
			members.add("\"" + name + "\":" + pick(values, random));
		}
	}

	/** The first values of each list, which are valid, are picked more often. */
	private static String pick(List<String> values, Random random) {
		return values.get((random.nextInt(4) > 0) ? random.nextInt(4) : random.nextInt(values.size()));
	}

}
