package lectern.acceptance.pages;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;

/**
 * How a visitor's browser shows pages.
 *
 * @param dark whether the visitor prefers dark colours
 * @param width the width of the window in CSS pixels
 * @param locale the language of the browser, for example {@code ar-EG}
 * @param still whether the visitor prefers reduced motion
 */
public record Look(boolean dark, int width, String locale, boolean still) {

	/** A wide window with light colours, in English. */
	public static final Look WIDE = new Look(false, 1440, "en-GB", false);

	/** The narrowest window that the pages support. */
	public static final Look NARROW = WIDE.width(320);

	private static final int HEIGHT = 900;

	public Look inDark() {
		return new Look(true, this.width, this.locale, this.still);
	}

	public Look width(int pixels) {
		return new Look(this.dark, pixels, this.locale, this.still);
	}

	public Look locale(String language) {
		return new Look(this.dark, this.width, language, this.still);
	}

	public Look withoutMotion() {
		return new Look(this.dark, this.width, this.locale, true);
	}

	Browser.NewContextOptions options() {
		return new Browser.NewContextOptions().setViewportSize(this.width, HEIGHT)
			.setColorScheme(this.dark ? ColorScheme.DARK : ColorScheme.LIGHT)
			.setReducedMotion(this.still ? ReducedMotion.REDUCE : ReducedMotion.NO_PREFERENCE)
			.setLocale(this.locale);
	}

	/** Show a page that is open in this look, but for the language. */
	void applyTo(Page page) {
		page.setViewportSize(this.width, HEIGHT);
		page.emulateMedia(
				new Page.EmulateMediaOptions().setColorScheme(this.dark ? ColorScheme.DARK : ColorScheme.LIGHT));
	}

	@Override
	public String toString() {
		return this.width + (this.dark ? "-dark" : "-light") + (this.locale.startsWith("en") ? "" : "-" + this.locale);
	}

}
