package lectern.acceptance;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

import lectern.client.ApiClient;
import lectern.client.ApiException;
import lectern.client.ApiResponse;
import lectern.client.JSON;
import lectern.client.api.AccountsApi;
import lectern.client.api.BooksApi;
import lectern.client.api.CommandsOnReadingsApi;
import lectern.client.api.ReadingsApi;
import lectern.client.api.SigningInApi;
import lectern.client.model.BookPage;
import lectern.client.model.DeviceContent;
import lectern.client.model.NotFoundProblem;
import lectern.client.model.PositionReport;
import lectern.client.model.Reading;
import lectern.client.model.ReadingStart;
import lectern.client.model.Registration;
import lectern.client.model.ReportResult;
import lectern.client.model.Restore;
import lectern.client.model.SignIn;
import lectern.client.model.Undo;
import lectern.client.model.UndoableResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/** The Java client that OpenAPI Generator makes of the OpenAPI document. */
@ExtendWith(LecternExtension.class)
@Timeout(60)
class JavaClientAcceptanceTests {

	private static final String PASSWORD = "a long secret";

	private final String reader = "reader-" + Long.toString(System.nanoTime(), 36);

	private final ApiClient client = new ApiClient();

	@Test
	void generatedClientReadsReportsAndRestores(LecternInstance lectern) throws ApiException {
		this.client.updateBaseUri(lectern.url());
		signIn();
		String book = searchBooks("fluent pyhton").getItems().getFirst().getId();
		assertThat(book).isEqualTo("fluent-python");

		ReadingsApi readings = new ReadingsApi(this.client);
		UUID reading = readings.startReading(this.reader, new ReadingStart().book(book), UUID.randomUUID().toString())
			.getId();
		String first = report(reading, "0.42");
		String second = report(reading, "0.8");
		assertPosition(readings.getReading(this.reader, reading, null, null, second, null), "0.8");
		assertThat(readings.getHistory(this.reader, reading, null, null).getItems())
			.extracting((entry) -> entry.getType())
			.containsExactly("position-reported", "position-reported", "reading-started");

		CommandsOnReadingsApi commands = new CommandsOnReadingsApi(this.client);
		UndoableResult restored = commands.restorePosition(this.reader, reading, new Restore().to(first), null, null);
		assertPosition(restored.getReading(), "0.42");
		UndoableResult undone = commands.undo(this.reader, new Undo().undo(restored.getUndo()), null);
		assertPosition(undone.getReading(), "0.8");
	}

	private void signIn() throws ApiException {
		new AccountsApi(this.client)
			.registerReader(new Registration().reader(this.reader).name("Grace").password(PASSWORD));
		String token = new SigningInApi(this.client).createToken(new SignIn().reader(this.reader).password(PASSWORD))
			.getAccessToken();
		this.client.setRequestInterceptor((request) -> request.header("Authorization", "Bearer " + token));
	}

	private BookPage searchBooks(String query) throws ApiException {
		return new BooksApi(this.client).listBooks(query, null, null, null, null, null, null, null, null);
	}

	/** Report a position, and return its cursor. */
	private String report(UUID reading, String fraction) throws ApiException {
		PositionReport report = new PositionReport().fraction(new BigDecimal(fraction))
			.device(new DeviceContent().id("phone"));
		ApiResponse<ReportResult> response = new CommandsOnReadingsApi(this.client)
			.reportPositionWithHttpInfo(this.reader, reading, report, null, null);
		assertThat(response.getData().getMoved()).isTrue();
		return response.getHeaders().getOrDefault("Cursor", List.of()).getFirst();
	}

	private static void assertPosition(Reading reading, String fraction) {
		assertThat(reading.getPosition().getFraction()).isEqualByComparingTo(fraction);
	}

	@Test
	void problemHasGeneratedType(LecternInstance lectern) throws Exception {
		this.client.updateBaseUri(lectern.url());
		ApiException refused = catchThrowableOfType(ApiException.class,
				() -> new BooksApi(this.client).getBook("no-such-book", null));
		assertThat(refused.getCode()).isEqualTo(404);
		NotFoundProblem problem = JSON.getDefault()
			.getMapper()
			.readValue(refused.getResponseBody(), NotFoundProblem.class);
		assertThat(problem.getType()).hasToString("/problems/not-found");
		assertThat(problem.getDetail()).contains("book");
		assertThat(problem.getRequestId()).isNotEmpty();
	}

}
