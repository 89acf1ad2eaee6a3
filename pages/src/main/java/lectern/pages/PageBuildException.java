package lectern.pages;

/** Tells the author of a page what is wrong with a source, in a sentence. */
@SuppressWarnings("serial")
final class PageBuildException extends RuntimeException {

	PageBuildException(String sentence) {
		super(sentence);
	}

	/** A fault in a line of a file, counted from 1. */
	static PageBuildException at(String file, int line, String sentence) {
		return new PageBuildException(file + ":" + line + ": " + sentence);
	}

}
