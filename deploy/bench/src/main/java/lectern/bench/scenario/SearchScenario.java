package lectern.bench.scenario;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import lectern.bench.dataset.GeneratedBooks;
import lectern.bench.http.HttpConnection;
import lectern.bench.http.TextRequest;
import lectern.bench.http.Wrk;
import lectern.bench.report.ResultLine;
import lectern.bench.report.ScenarioResult;
import lectern.bench.systems.LecternTarget;

/** The latency of searches in a large catalog, compared with GET of one book. */
final class SearchScenario implements Scenario {

	private static final int BOOKS = 100_000;

	private static final int CLIENTS = 64;

	private static final String BOOKS_PATH = "/api/v1/books";

	private static final Pattern NEXT_PAGE = Pattern.compile("\"next\":\"([^\"]+)\"}$");

	@Override
	public String name() {
		return "search";
	}

	@Override
	public String description() {
		return "searches, filters and the last page of a list of 100,000 books, compared with GET of one book";
	}

	@Override
	public ScenarioResult measure(BenchTargets targets, BenchConsole console) throws IOException {
		if (!Wrk.isInstalled()) {
			throw new IOException("wrk is not installed. To install it: " + Wrk.INSTALL_HINT);
		}
		LecternTarget lectern = targets.newLectern();
		long began = System.nanoTime();
		lectern.database().addBooks(BOOKS);
		console.printLine(String.format(Locale.ROOT, "%,d books were added within %.0f s", BOOKS,
				(System.nanoTime() - began) / 1e9));
		List<String> allBooks = IntStream.rangeClosed(1, BOOKS)
			.mapToObj((number) -> BOOKS_PATH + "/" + GeneratedBooks.id(number))
			.toList();
		Map<String, String> searches = searches(lastPage(lectern));
		Throughput book = new Throughput();
		Map<String, Throughput> measured = new LinkedHashMap<>();
		for (int round = 0; round <= targets.settings().rounds(); round++) {
			if (round == 1) {
				// The round before was the warm-up.
				book = new Throughput();
				measured.clear();
			}
			measure(book, lectern, allBooks, targets.settings());
			for (Map.Entry<String, String> search : searches.entrySet()) {
				measure(measured.computeIfAbsent(search.getKey(), (_) -> new Throughput()), lectern,
						List.of(search.getValue()), targets.settings());
			}
			console.printLine("round " + round + ": one book: " + book.summary());
			measured.forEach((name, throughput) -> console.printLine(name + ": " + throughput.summary()));
		}
		return toResult(book, measured);
	}

	private static Map<String, String> searches(String lastPage) {
		Map<String, String> searches = new LinkedHashMap<>();
		searches.put("a rare word", BOOKS_PATH + "?q=" + GeneratedBooks.RARE_WORD);
		searches.put("a common word", BOOKS_PATH + "?q=" + GeneratedBooks.COMMON_WORD);
		searches.put("two words",
				BOOKS_PATH + "?q=" + GeneratedBooks.COMMON_WORD + "+" + GeneratedBooks.TECHNICAL_WORD);
		searches.put("a typo", BOOKS_PATH + "?q=asincio");
		searches.put("an accent", BOOKS_PATH + "?q=po%C3%A9sie");
		searches.put("a prefix", BOOKS_PATH + "?q=asyn");
		searches.put("a filter", BOOKS_PATH + "?topic=" + GeneratedBooks.TOPIC);
		searches.put("two filters", BOOKS_PATH + "?topic=" + GeneratedBooks.TOPIC + "&language=it");
		searches.put("the last page of a list", lastPage);
		return searches;
	}

	/** Walk through the list of all books and return the path of its last full page. */
	private static String lastPage(LecternTarget lectern) throws IOException {
		try (HttpConnection connection = HttpConnection.connect(lectern.catalogPort())) {
			String lastFullPage = BOOKS_PATH;
			String page = BOOKS_PATH + "?limit=200";
			while (true) {
				Matcher next = NEXT_PAGE
					.matcher(connection.exchange(TextRequest.get(page, Map.of())).requireSuccess().body());
				if (!next.find()) {
					return lastFullPage;
				}
				lastFullPage = page.replace("limit=200&", "");
				page = BOOKS_PATH + "?limit=200&page=" + next.group(1);
			}
		}
	}

	private static void measure(Throughput throughput, LecternTarget lectern, List<String> paths,
			BenchSettings settings) throws IOException {
		throughput.measure(new Wrk(lectern.catalogPort(), CLIENTS, paths), settings.measurementTime(),
				lectern.processes());
	}

	private static ScenarioResult toResult(Throughput book, Map<String, Throughput> measured) {
		List<ResultLine> results = new ArrayList<>();
		List<String> notes = new ArrayList<>();
		notes.add(String.format(Locale.ROOT,
				"%,d books, %d connections of %s directly to catalog-service; the reference is GET of one book, chosen at random",
				BOOKS, CLIENTS, Wrk.version()));
		notes.add("one book: " + book.summary());
		measured.forEach((name, throughput) -> {
			results.add(ResultLine.ratio("search in 100,000 books, " + name + ": p99", "ms",
					throughput.quantileMillis(0.99), book.quantileMillis(0.99), 5));
			notes.add(name + ": " + throughput.summary());
		});
		return new ScenarioResult(results, notes);
	}

}
