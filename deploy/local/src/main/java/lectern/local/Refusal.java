package lectern.local;

/**
 * Says why Lectern cannot run, in one sentence for the person at the terminal that names
 * what to do about it.
 */
@SuppressWarnings("serial")
final class Refusal extends RuntimeException {

	private final String sentence;

	Refusal(String sentence) {
		super(sentence);
		this.sentence = sentence;
	}

	String sentence() {
		return this.sentence;
	}

}
