package lectern.catalog.importing.booklist;

import java.util.regex.Pattern;

/**
 * How much of a book is free behind a link.
 */
public enum AccessKind {

	/** All of it, or the line does not say. */
	FULL(""),

	/** A part of it. */
	SAMPLE("(?:free |book )?(?:previews?|samples?|sample chapters?|excerpts?)|leseprobe|extraits?|muestra|amostra"
			+ "|anteprima|estratto|ознакомительный фрагмент|试读|試し読み|立ち読み|맛보기"),

	/** All of it, for a limited time. */
	TRIAL("(?:free )?trial|prueba gratuita|essai gratuit|periodo di prova|пробный период|试用|無料体験"),

	/** All of it, as a library loan. */
	LOAN("(?:to )?borrow|(?:free )?loan|préstamo|empréstimo|prestito|ausleihe|借阅");

	private final Pattern words;

	AccessKind(String words) {
		this.words = Pattern.compile("^(?:" + words + ")(?=$|[\\s(,:;])",
				Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
	}

	/** Recognize the kind from the text of an annotation. */
	static AccessKind of(String annotation) {
		for (AccessKind kind : values()) {
			if (kind != FULL && kind.words.matcher(annotation).find()) {
				return kind;
			}
		}
		return FULL;
	}

}
