package lectern.acceptance.pages;

import java.util.Arrays;
import java.util.stream.Stream;

/** The address of each page, for those who can see it. */
enum PageAddress {

	LIBRARY("/", Identity.VISITOR),

	SEARCH("/books?q=python", Identity.VISITOR),

	BOOK("/books/fluent-python", Identity.VISITOR),

	PATHS("/paths", Identity.VISITOR),

	PATH("/paths/temporal-architect", Identity.VISITOR),

	NOW("/now", Identity.VISITOR),

	SIGN_IN("/sign-in", Identity.VISITOR),

	NOT_FOUND("/nowhere", Identity.VISITOR),

	PROBLEMS("/problems", Identity.VISITOR),

	PROBLEM("/problems/not-found", Identity.VISITOR),

	HOME("/", Identity.READER),

	SEARCH_OF_READER("/books?q=python", Identity.READER),

	BOOK_OF_READER("/books/fluent-python", Identity.READER),

	PATH_OF_READER("/paths/temporal-architect", Identity.READER),

	NOW_OF_READER("/now", Identity.READER),

	READINGS("/me", Identity.READER),

	READING("/me/readings/{reading}", Identity.READER),

	YEAR("/me/year", Identity.READER),

	ACCOUNT("/me/account", Identity.READER),

	OPERATIONS("/operations", Identity.ADMIN),

	CURATED_BOOK("/curate/books/fluent-python", Identity.ADMIN),

	IMPORTS("/curate/imports", Identity.ADMIN);

	private final String address;

	private final Identity identity;

	PageAddress(String address, Identity identity) {
		this.address = address;
		this.identity = identity;
	}

	/** The address, if the reader has this reading. */
	String address(String reading) {
		return this.address.replace("{reading}", reading);
	}

	Identity identity() {
		return this.identity;
	}

	/** Whether the gateway writes the page itself. */
	boolean isStatic() {
		return this.address.startsWith("/problems");
	}

	/** The pages that the browser makes. */
	static Stream<PageAddress> ofApplication() {
		return Arrays.stream(values()).filter((page) -> !page.isStatic());
	}

	/** Who looks at a page. */
	enum Identity {

		/** Nobody is signed in. */
		VISITOR,

		/** A reader who reads a book. */
		READER,

		/** A curator and operator. */
		ADMIN

	}

}
