package lectern.launcher.demo;

import java.util.List;
import java.util.stream.Stream;

/** Everybody who takes part in the demo. */
final class DemoCast {

	/** The account with which the user of the demo signs in. A device of it reads on. */
	static final DemoReader VISITOR = new DemoReader("visitor", "Demo Visitor", ReadingHabit.SLOW, DemoDevice.E_READER,
			VisitorPast.PATH, ReadingClub.NOVELS);

	/** The others, in the order in which they come. */
	static final List<DemoReader> OTHERS = List.of(
			novels("inkwell", "Ada Inkwell", ReadingHabit.BRISK, DemoDevice.PHONE, "a-year-of-novels"),
			systems("quillfeather", "Basil Quillfeather", ReadingHabit.BRISK, DemoDevice.LAPTOP, "data-that-lasts"),
			novels("marginalia", "Hector Marginalia", ReadingHabit.STEADY, DemoDevice.E_READER, "in-the-original"),
			systems("foolscap", "Jasper Foolscap", ReadingHabit.STEADY, DemoDevice.LAPTOP, "languages-from-the-inside"),
			novels("dogear", "Iris Dogear", ReadingHabit.STEADY, DemoDevice.PHONE, "a-year-of-novels"),
			systems("paperkite", "Kiko Paperkite", ReadingHabit.STEADY, DemoDevice.TABLET, "machines-that-learn"),
			novels("colophon", "Opal Colophon", ReadingHabit.BRISK, DemoDevice.E_READER, "in-the-original"),
			systems("vellum", "Mina Vellum", ReadingHabit.BRISK, DemoDevice.PHONE, "machines-that-learn"),
			novels("octavo", "Nestor Octavo", ReadingHabit.STEADY, DemoDevice.LAPTOP, "a-year-of-novels"),
			systems("lampblack", "Lazlo Lampblack", ReadingHabit.STEADY, DemoDevice.E_READER, "data-that-lasts"),
			novels("bookwyrm", "Pim Bookwyrm", ReadingHabit.SLOW, DemoDevice.PHONE, "in-the-original"),
			systems("footnote", "Fenwick Footnote", ReadingHabit.SLOW, DemoDevice.LAPTOP, "languages-from-the-inside"),
			novels("endpaper", "Esme Endpaper", ReadingHabit.SLOW, DemoDevice.TABLET, "a-year-of-novels"),
			systems("nightmail", "Greta Nightmail", ReadingHabit.OFFLINE, DemoDevice.E_READER, "data-that-lasts"),
			novels("farpost", "Clementine Farpost", ReadingHabit.OFFLINE, DemoDevice.PHONE, "in-the-original"),
			systems("deepcove", "Dorian Deepcove", ReadingHabit.OFFLINE, DemoDevice.TABLET, "machines-that-learn"));

	private DemoCast() {
	}

	/** Return all readers; the visitor is the first. */
	static List<DemoReader> all() {
		return Stream.concat(Stream.of(VISITOR), OTHERS.stream()).toList();
	}

	private static DemoReader novels(String name, String displayName, ReadingHabit habit, DemoDevice device,
			String path) {
		return new DemoReader(name, displayName, habit, device, path, ReadingClub.NOVELS);
	}

	private static DemoReader systems(String name, String displayName, ReadingHabit habit, DemoDevice device,
			String path) {
		return new DemoReader(name, displayName, habit, device, path, ReadingClub.SYSTEMS);
	}

}
