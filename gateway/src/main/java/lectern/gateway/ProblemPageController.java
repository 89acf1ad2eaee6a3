package lectern.gateway;

import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;

import lectern.gateway.ProblemPages.ProblemPage;
import lectern.web.Problem;
import lectern.web.ProblemType;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.springframework.web.util.HtmlUtils.htmlEscape;

/** Serves a page for each problem type that says what happened and what to do. */
@RestController
@RequestMapping(path = "/problems", produces = MediaType.TEXT_HTML_VALUE + ";charset=UTF-8")
class ProblemPageController {

	private static final Comparator<Map.Entry<String, ProblemPage>> BY_STATUS_AND_NAME = Comparator.<Map.Entry<String, ProblemPage>>comparingInt(
			(entry) -> entry.getValue().status())
		.thenComparing(Map.Entry.comparingByKey());

	private final ProblemPages pages;

	private final BuiltPages files;

	ProblemPageController(ProblemPages pages, BuiltPages files) {
		this.pages = pages;
		this.files = files;
	}

	@GetMapping
	String listProblems() {
		String items = this.pages.problems()
			.entrySet()
			.stream()
			.sorted(BY_STATUS_AND_NAME)
			.map((entry) -> "<li>%d <a href=\"/problems/%s\">%s</a></li>".formatted(entry.getValue().status(),
					htmlEscape(entry.getKey()), htmlEscape(entry.getValue().title())))
			.collect(Collectors.joining("\n"));
		return renderPage("Problems",
				"<p>The problem types that the <code>type</code> of an error response can name.</p>\n<ul>\n" + items
						+ "\n</ul>");
	}

	@GetMapping("/{name}")
	String showProblem(@PathVariable("name") String name) {
		ProblemPage page = this.pages.problems().get(name);
		if (page == null) {
			throw Problem.of(ProblemType.NOT_FOUND,
					"There is no problem type with this name; /problems lists all of them.");
		}
		return renderPage(page.title(), """
				<p class="quiet">HTTP %d · <code>/problems/%s</code></p>
				<h2>What happened</h2>
				<p>%s</p>
				<h2>What to do</h2>
				<p>%s</p>
				<p class="quiet">The <code>detail</code> of the response says more about your request. Quote its
				<code>requestId</code> when you ask for help. <a href="/problems">All problems</a></p>
				""".formatted(page.status(), htmlEscape(name), htmlEscape(page.happened()), htmlEscape(page.remedy())));
	}

	private String renderPage(String title, String content) {
		return """
				<!doctype html>
				<html lang="en">
				<head>
				<meta charset="utf-8">
				<meta name="viewport" content="width=device-width, initial-scale=1">
				<title>%1$s · Lectern</title>
				<link rel="icon" href="%3$s">
				<link rel="stylesheet" href="%4$s">
				</head>
				<body>
				<header class="shell-header"><div class="shell-bar"><a class="shell-brand" href="/">Lectern</a></div></header>
				<main class="shell-main">
				<h1>%1$s</h1>
				%2$s
				</main>
				</body>
				</html>
				"""
			.formatted(htmlEscape(title), content, this.files.icon(), this.files.styles());
	}

}
