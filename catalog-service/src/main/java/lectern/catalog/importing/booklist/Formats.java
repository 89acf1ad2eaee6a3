package lectern.catalog.importing.booklist;

import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The file formats that lists name, each with one normalized spelling.
 */
final class Formats {

	private static final Map<String, String> NAMES = Map.ofEntries(Map.entry("pdf", "PDF"), Map.entry("pdfs", "PDF"),
			Map.entry("html", "HTML"), Map.entry("xhtml", "HTML"), Map.entry("online", "HTML"),
			Map.entry("epub", "EPUB"), Map.entry("ebpub", "EPUB"), Map.entry("kindle", "Kindle"),
			Map.entry("mobi", "MOBI"), Map.entry("azw", "AZW"), Map.entry("azw3", "AZW3"), Map.entry("ibook", "iBook"),
			Map.entry("odt", "ODT"), Map.entry("doc", "Word"), Map.entry("docx", "Word"), Map.entry("word", "Word"),
			Map.entry("word doc", "Word"), Map.entry("rtf", "RTF"), Map.entry("ps", "PostScript"),
			Map.entry("postscript", "PostScript"), Map.entry("djvu", "DjVu"), Map.entry("xps", "XPS"),
			Map.entry("chm", "CHM"), Map.entry("info", "Info"), Map.entry("txt", "Text"), Map.entry("text", "Text"),
			Map.entry("plain text", "Text"), Map.entry("md", "Markdown"), Map.entry("markdown", "Markdown"),
			Map.entry("asciidoc", "AsciiDoc"), Map.entry("docbook", "DocBook"), Map.entry("tex", "LaTeX"),
			Map.entry("latex", "LaTeX"), Map.entry("ipynb", "Jupyter Notebook"),
			Map.entry("jupyter notebook", "Jupyter Notebook"), Map.entry("jupyter notebooks", "Jupyter Notebook"),
			Map.entry("jupyter book", "HTML"), Map.entry("livebook", "Livebook"), Map.entry("pptx", "Slides"),
			Map.entry("slides", "Slides"), Map.entry("zip", "ZIP"), Map.entry("tar.gz", "tar.gz"),
			Map.entry("video", "Video"), Map.entry("videos", "Video"), Map.entry("youtube", "Video"),
			Map.entry("youtube playlist", "Video"), Map.entry("audio", "Audio"), Map.entry("mp3", "Audio"),
			Map.entry("rss", "RSS"), Map.entry("podcast", "Podcast"), Map.entry("podcasts", "Podcast"),
			Map.entry("screencast", "Screencast"), Map.entry("screencasts", "Screencast"), Map.entry("png", "PNG"),
			Map.entry("jpg", "JPEG"), Map.entry("jpeg", "JPEG"), Map.entry("svg", "SVG"), Map.entry("gif", "GIF"));

	private Formats() {
	}

	/**
	 * Return the normalized spelling of a format; null if the text names no format.
	 */
	static @Nullable String of(String name) {
		return NAMES.get(name.toLowerCase(Locale.ROOT));
	}

}
