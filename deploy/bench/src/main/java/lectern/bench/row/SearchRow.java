package lectern.bench.row;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import lectern.bench.http.Clients;
import lectern.bench.http.HttpConnection;
import lectern.bench.http.Request;
import lectern.bench.library.GeneratedBooks;
import lectern.bench.peer.LecternPeer;
import lectern.bench.report.Outcome;
import lectern.bench.report.Result;

/** Searches in a large catalog, beside reading one book. */
final class SearchRow implements Row {

	private static final int BOOKS = 100_000;

	private static final int CLIENTS = 64;

	private static final String LIST = "/api/v1/books";

	private static final Pattern NEXT = Pattern.compile("\"next\":\"([^\"]+)\"}$");

	@Override
	public String name() {
		return "search";
	}

	@Override
	public String about() {
		return "searches, filters and the last page of a walk in 100,000 books, beside one book";
	}

	@Override
	public Outcome measure(Peers peers, Console console) throws IOException {
		LecternPeer lectern = peers.newLectern();
		long began = System.nanoTime();
		lectern.database().addBooks(BOOKS);
		console.say(String.format(Locale.ROOT, "%,d books were added within %.0f s", BOOKS,
				(System.nanoTime() - began) / 1e9));
		Map<String, String> searches = searches(lastPage(lectern));
		Throughput book = new Throughput();
		Map<String, Throughput> measured = new LinkedHashMap<>();
		for (int round = 0; round <= peers.settings().rounds(); round++) {
			if (round == 1) {
				// The first has warmed it all up.
				book = new Throughput();
				measured.clear();
			}
			measure(book, lectern, SearchRow::anyBook, peers.settings());
			for (Map.Entry<String, String> search : searches.entrySet()) {
				Request request = Request.get(search.getValue(), Map.of());
				measure(measured.computeIfAbsent(search.getKey(), (_) -> new Throughput()), lectern,
						() -> () -> request, peers.settings());
			}
			console.say("round " + round + ": one book: " + book.summary());
			measured.forEach((name, throughput) -> console.say(name + ": " + throughput.summary()));
		}
		return outcome(book, measured);
	}

	private static Map<String, String> searches(String lastPage) {
		Map<String, String> searches = new LinkedHashMap<>();
		searches.put("a rare word", LIST + "?q=" + GeneratedBooks.RARE);
		searches.put("a common word", LIST + "?q=" + GeneratedBooks.COMMON);
		searches.put("two words", LIST + "?q=" + GeneratedBooks.COMMON + "+" + GeneratedBooks.TECHNICAL);
		searches.put("a typo", LIST + "?q=asincio");
		searches.put("an accent", LIST + "?q=po%C3%A9sie");
		searches.put("a prefix", LIST + "?q=asyn");
		searches.put("a filter", LIST + "?topic=" + GeneratedBooks.TOPIC);
		searches.put("two filters", LIST + "?topic=" + GeneratedBooks.TOPIC + "&language=it");
		searches.put("the last page of a walk", lastPage);
		return searches;
	}

	/** The last of a walk that has as many books as others have. */
	private static String lastPage(LecternPeer lectern) throws IOException {
		try (HttpConnection connection = HttpConnection.to(lectern.catalogPort())) {
			String full = LIST;
			String page = LIST + "?limit=200";
			while (true) {
				Matcher next = NEXT.matcher(connection.exchange(Request.get(page, Map.of())).expectSuccess().body());
				if (!next.find()) {
					return full;
				}
				full = page.replace("limit=200&", "");
				page = LIST + "?limit=200&page=" + next.group(1);
			}
		}
	}

	private static Supplier<Request> anyBook() {
		SplittableRandom random = new SplittableRandom();
		return () -> Request.get(LIST + "/" + GeneratedBooks.id(1 + random.nextInt(BOOKS)), Map.of());
	}

	private static void measure(Throughput throughput, LecternPeer lectern, Supplier<Supplier<Request>> work,
			Settings settings) throws IOException {
		List<Supplier<Request>> clients = new ArrayList<>();
		while (clients.size() < CLIENTS) {
			clients.add(work.get());
		}
		try (Clients asking = Clients.to(lectern.catalogPort(), Collections.unmodifiableList(clients))) {
			throughput.measure(asking, settings.length(), lectern.processes());
		}
	}

	private static Outcome outcome(Throughput book, Map<String, Throughput> measured) {
		List<Result> results = new ArrayList<>();
		List<String> notes = new ArrayList<>();
		notes.add(String.format(Locale.ROOT,
				"%,d books, %d clients straight to catalog-service; the reference is GET of one book, any of them",
				BOOKS, CLIENTS));
		notes.add("one book: " + book.summary());
		measured.forEach((name, throughput) -> {
			results.add(Result.ratio("search in 100,000 books, " + name + ": p99", "ms", throughput.millis(0.99),
					book.millis(0.99), 5));
			notes.add(name + ": " + throughput.summary());
		});
		return new Outcome(results, notes);
	}

}
