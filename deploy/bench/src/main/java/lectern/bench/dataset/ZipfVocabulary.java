package lectern.bench.dataset;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Words as they are in titles: a few that are in many, many that are in few. The second
 * is there half as often as the first, the third a third as often, as in any language.
 */
final class ZipfVocabulary {

	private static final String[] SYLLABLES = { "al", "an", "ar", "be", "ca", "co", "da", "de", "di", "do", "en", "er",
			"fa", "ge", "ha", "in", "ka", "la", "le", "lo", "ma", "me", "mi", "mo", "na", "ne", "no", "or", "pa", "pe",
			"po", "ra", "re", "ri", "ro", "sa", "se", "si", "so", "sta", "ta", "te", "ti", "to", "tra", "un", "va",
			"ve", "vi", "zo" };

	private final List<String> words;

	private final double[] cumulativeWeights;

	private ZipfVocabulary(List<String> words) {
		this.words = words;
		this.cumulativeWeights = new double[words.size()];
		double sum = 0;
		for (int rank = 0; rank < this.cumulativeWeights.length; rank++) {
			sum += 1.0 / (rank + 1);
			this.cumulativeWeights[rank] = sum;
		}
	}

	/**
	 * Make one.
	 * @param first its most frequent words
	 * @param size how many words there are in all
	 */
	static ZipfVocabulary of(List<String> first, int size, long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		List<String> words = new ArrayList<>(first);
		Set<String> known = new HashSet<>(first);
		while (words.size() < size) {
			StringBuilder word = new StringBuilder();
			for (int syllables = 2 + random.nextInt(3); syllables > 0; syllables--) {
				word.append(SYLLABLES[random.nextInt(SYLLABLES.length)]);
			}
			if (known.add(word.toString())) {
				words.add(word.toString());
			}
		}
		return new ZipfVocabulary(words);
	}

	/** A word, by its frequency. */
	String sampleByFrequency(SplittableRandom random) {
		double at = random.nextDouble(this.cumulativeWeights[this.cumulativeWeights.length - 1]);
		int low = 0;
		int high = this.cumulativeWeights.length - 1;
		while (low < high) {
			int middle = (low + high) >>> 1;
			if (this.cumulativeWeights[middle] < at) {
				low = middle + 1;
			}
			else {
				high = middle;
			}
		}
		return this.words.get(low);
	}

	/** A word, each as likely as any other. */
	String sampleUniformly(SplittableRandom random) {
		return this.words.get(random.nextInt(this.words.size()));
	}

}
