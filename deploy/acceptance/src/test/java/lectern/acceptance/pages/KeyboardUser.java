package lectern.acceptance.pages;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;

import static org.assertj.core.api.Assertions.assertThat;

/** Somebody who uses a page without a mouse. */
final class KeyboardUser {

	private static final int STOPS = 100;

	private final Page page;

	KeyboardUser(Page page) {
		this.page = page;
	}

	/** Press the tab key until an element has the focus. */
	KeyboardUser goTo(Locator element) {
		element.waitFor();
		for (int stop = 0; stop < STOPS && !hasFocus(element); stop++) {
			press("Tab");
		}
		assertThat(hasFocus(element)).as("reached by the tab key: " + element).isTrue();
		return this;
	}

	/** Type a text in place of what is in a field. */
	KeyboardUser fill(Locator field, String text) {
		goTo(field);
		press("Control+A");
		this.page.keyboard().type(text);
		return this;
	}

	KeyboardUser press(String key) {
		this.page.keyboard().press(key);
		return this;
	}

	private static boolean hasFocus(Locator element) {
		return (boolean) element.evaluate("(element) => element === document.activeElement");
	}

}
