package lectern.catalog.importing.list;

import java.util.regex.Pattern;

/**
 * How much of a book a link gives for free.
 */
public enum AccessKind {

	/** All of it, as far as the line says. */
	FULL(""),

	/** A part of it. */
	SAMPLE("(?:free |book )?(?:previews?|samples?|sample chapters?|excerpts?)|leseprobe|extraits?|muestra|amostra"
			+ "|anteprima|estratto|ознакомительный фрагмент|试读|試し読み|立ち読み|맛보기"),

	/** All of it for a while. */
	TRIAL("(?:free )?trial|prueba gratuita|essai gratuit|periodo di prova|пробный период|试用|無料体験"),

	/** All of it, as from a library. */
	LOAN("(?:to )?borrow|(?:free )?loan|préstamo|empréstimo|prestito|ausleihe|借阅");

	private final Pattern words;

	AccessKind(String words) {
		this.words = Pattern.compile("^(?:" + words + ")(?=$|[\\s(,:;])",
				Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
	}

	static AccessKind of(String remark) {
		for (AccessKind offer : values()) {
			if (offer != FULL && offer.words.matcher(remark).find()) {
				return offer;
			}
		}
		return FULL;
	}

}
