package lectern.bench.dataset;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Words whose frequencies follow Zipf's law, as in natural languages: the n-th most
 * frequent word has 1/n of the frequency of the first.
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
	 * Create a vocabulary.
	 * @param first the most frequent words, in order
	 * @param size the number of all words; the others are generated
	 * @param seed the seed of the generated words
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

	/** Return a random word; frequent words are more likely. */
	String sampleByFrequency(SplittableRandom random) {
		double sample = random.nextDouble(this.cumulativeWeights[this.cumulativeWeights.length - 1]);
		int low = 0;
		int high = this.cumulativeWeights.length - 1;
		while (low < high) {
			int middle = (low + high) >>> 1;
			if (this.cumulativeWeights[middle] < sample) {
				low = middle + 1;
			}
			else {
				high = middle;
			}
		}
		return this.words.get(low);
	}

	/** Return a random word; all words are equally likely. */
	String sampleUniformly(SplittableRandom random) {
		return this.words.get(random.nextInt(this.words.size()));
	}

}
